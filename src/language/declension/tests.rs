//! Whole paradigms, and what must not be made.

use std::collections::BTreeSet;

use super::phrase_forms;

fn forms(phrase: &str) -> BTreeSet<String> {
    let words: Vec<&str> = phrase.split(' ').collect();
    phrase_forms(&words).into_iter().map(|form| form.join(" ")).collect()
}

/// Every form that there is must be made.
#[track_caller]
fn has(base: &str, all: &str) {
    let made = forms(base);
    let missing: Vec<&str> = all.split(',').map(str::trim).filter(|form| !made.contains(*form)).collect();
    assert!(missing.is_empty(), "{base}: no {missing:?} among {made:?}");
}

#[test]
fn masculine_nouns() {
    has("statut", "statut, statutu, statutowi, statutem, statucie, statuty, statutów, statutom, statutami, statutach");
    has("zarząd", "zarząd, zarządu, zarządowi, zarządem, zarządzie, zarządy, zarządów, zarządom, zarządami, zarządach");
    has("wniosek", "wniosek, wniosku, wnioskowi, wnioskiem, wnioski, wniosków, wnioskom, wnioskami, wnioskach");
    has("protokół", "protokół, protokołu, protokołowi, protokołem, protokole, protokoły, protokołów, protokołach");
    has("urząd", "urząd, urzędu, urzędowi, urzędem, urzędzie, urzędy, urzędów, urzędom, urzędami, urzędach");
    has("powiat", "powiat, powiatu, powiatem, powiaty, powiatów");
    has("fundusz", "fundusz, funduszu, funduszowi, funduszem, fundusze, funduszy, funduszom, funduszami, funduszach");
    has("kosztorys", "kosztorys, kosztorysu, kosztorysem, kosztorysie, kosztorysy, kosztorysów");
    has("przetarg", "przetarg, przetargu, przetargowi, przetargiem, przetargi, przetargów, przetargach");
    has("wkład", "wkład, wkładu, wkładem, wkładzie, wkłady");
    has("dzień", "dzień, dnia, dniem, dni, dniach");
    has("cel", "cel, celu, celem, cele, celów, celach");
    assert!(!forms("wkład").contains("wkłada") && !forms("wynik").contains("wynika") && !forms("cel").contains("cela"));
}

#[test]
fn persons() {
    has(
        "wolontariusz",
        "wolontariusz, wolontariusza, wolontariuszowi, wolontariuszem, wolontariuszu, wolontariusze, wolontariuszy, \
         wolontariuszom, wolontariuszami, wolontariuszach",
    );
    has("beneficjent", "beneficjenta, beneficjentowi, beneficjentem, beneficjencie, beneficjenci, beneficjentów");
    has("operator", "operator, operatora, operatorem, operatorze, operatorzy, operatorów, operatorom");
    has("patron", "patrona, patronowi, patronem, patronie, patroni, patronów");
    has("członek", "członek, członka, członkowi, członkiem, członku, członkowie, członków, członkom, członkami");
    has("mieszkaniec", "mieszkaniec, mieszkańca, mieszkańcowi, mieszkańcem, mieszkańcu, mieszkańcy, mieszkańców");
    has("urzędnik", "urzędnika, urzędnikiem, urzędnicy, urzędników");
    has("obywatel", "obywatela, obywatelem, obywatele, obywateli, obywatelom");
    has("starosta", "starosta, starosty, staroście, starostę, starostą, starostowie, starostów, starostom");
    has("wykonawca", "wykonawca, wykonawcy, wykonawcę, wykonawcą, wykonawców, wykonawcom, wykonawcami");
    has("specjalista", "specjalisty, specjaliście, specjaliści, specjalistów");
}

#[test]
fn feminine_nouns() {
    has("umowa", "umowa, umowy, umowie, umowę, umową, umowom, umowami, umowach");
    has("uchwała", "uchwała, uchwały, uchwale, uchwałę, uchwałą, uchwał, uchwałom, uchwałami, uchwałach");
    has("składka", "składka, składki, składce, składkę, składką, składek, składkom, składkami, składkach");
    has("księga", "księga, księgi, księdze, księgę, księgą, ksiąg, księgom, księgami, księgach");
    has("dotacja", "dotacja, dotacji, dotację, dotacją, dotacje, dotacjom, dotacjami, dotacjach");
    has("opinia", "opinia, opinii, opinię, opinią, opinie, opiniom");
    has("uczelnia", "uczelnia, uczelni, uczelnię, uczelnią, uczelnie, uczelniom");
    has("osoba", "osoba, osoby, osobie, osobę, osobą, osób, osobom, osobami, osobach");
    has("praca", "praca, pracy, pracę, pracą, prace, prac, pracom");
    has("osobowość", "osobowość, osobowości, osobowością, osobowościom, osobowościami, osobowościach");
    has("pomoc", "pomoc, pomocy, pomocą");
    has("księgowa", "księgowa, księgowej, księgową, księgowe, księgowych, księgowym, księgowymi");
    assert!(!forms("umowa").contains("umów"), "read as: make an appointment");
}

#[test]
fn neuter_nouns() {
    has("zebranie", "zebranie, zebrania, zebraniu, zebraniem, zebrań, zebraniom, zebraniami, zebraniach");
    has("przedsięwzięcie", "przedsięwzięcia, przedsięwzięciu, przedsięwzięć, przedsięwzięciach");
    has(
        "pełnomocnictwo",
        "pełnomocnictwo, pełnomocnictwa, pełnomocnictwu, pełnomocnictwem, pełnomocnictwie, pełnomocnictw",
    );
    has("konto", "konto, konta, kontu, kontem, koncie, kont, kontom, kontami, kontach");
    has("miasto", "miasto, miasta, miastu, miastem, mieście, miast, miastom");
    has("osiedle", "osiedle, osiedla, osiedlu, osiedlem, osiedli, osiedlom, osiedlami, osiedlach");
    has("kworum", "kworum, kwora, kworów, kworom, kworami, kworach");
    has("dziecko", "dziecka, dziecku, dzieckiem, dzieci, dzieciom, dziećmi, dzieciach");
    assert!(!forms("prawo").contains("prawie"), "read as: almost");
}

#[test]
fn plurals() {
    has("konsultacje", "konsultacje, konsultacji, konsultacjom, konsultacjami, konsultacjach");
    has("koszty", "koszty, kosztów, kosztom, kosztami, kosztach");
    has("składki", "składki, składek, składkom, składkami, składkach");
    has("środki", "środki, środków, środkom, środkami, środkach");
    has("dane", "dane, danych, danym, danymi");
    has("e-doręczenia", "e-doręczenia, e-doręczeń, e-doręczeniom, e-doręczeniami, e-doręczeniach");
    assert!(!forms("dane").contains("danego") && !forms("wybory").contains("wybór"));
}

#[test]
fn adjectives() {
    has(
        "małoletni",
        "małoletni, małoletniego, małoletniemu, małoletnim, małoletnich, małoletnimi, małoletnia, małoletniej, małoletnią",
    );
    has("podopieczny", "podopiecznego, podopiecznemu, podopiecznym, podopieczni, podopiecznych, podopiecznymi");
    has("upoważniony", "upoważnionego, upoważnieni, upoważnionych");
    has("przewodniczący", "przewodniczącego, przewodniczącemu, przewodniczącym, przewodniczących");
}

#[test]
fn phrases_agree() {
    has(
        "walne zebranie",
        "walne zebranie, walnego zebrania, walnemu zebraniu, walnym zebraniem, walnym zebraniu, walne zebrania, walnych zebrań, walnym zebraniom, walnymi zebraniami, walnych zebraniach",
    );
    has(
        "wkład własny",
        "wkład własny, wkładu własnego, wkładowi własnemu, wkładem własnym, wkładzie własnym, wkłady własne, wkładów własnych",
    );
    has(
        "komisja rewizyjna",
        "komisji rewizyjnej, komisję rewizyjną, komisją rewizyjną, komisje rewizyjne, komisjom rewizyjnym",
    );
    has("osobowość prawna", "osobowości prawnej, osobowość prawną, osobowością prawną");
    has("beneficjent rzeczywisty", "beneficjenta rzeczywistego, beneficjenci rzeczywiści, beneficjentów rzeczywistych");
    has("członek wspierający", "członka wspierającego, członkowie wspierający, członków wspierających");
    has("stowarzyszenie zwykłe", "stowarzyszenia zwykłego, stowarzyszeniu zwykłemu, stowarzyszeń zwykłych");
    has("krajowy rejestr sądowy", "krajowego rejestru sądowego, krajowym rejestrze sądowym");
    has("polski język migowy", "polskiego języka migowego, polskim języku migowym, polskim językiem migowym");
    has("dane osobowe", "danych osobowych, danym osobowym, danymi osobowymi");
    assert!(!forms("walne zebranie").contains("walnego zebraniem"));
    assert!(!forms("walne zebranie").contains("walne zebraniu"));
}

#[test]
fn complements_stay() {
    has("organ nadzoru", "organu nadzoru, organowi nadzoru, organem nadzoru, organie nadzoru, organy nadzoru");
    has(
        "otwarty konkurs ofert",
        "otwartego konkursu ofert, otwartym konkursie ofert, otwarte konkursy ofert, otwartych konkursów ofert",
    );
    has("standardy ochrony małoletnich", "standardów ochrony małoletnich, standardami ochrony małoletnich");
    has("komisja dialogu obywatelskiego", "komisji dialogu obywatelskiego, komisje dialogu obywatelskiego");
    has("umowa użyczenia", "umowy użyczenia, umowę użyczenia, umów użyczenia");
    has("rejestr sprawców przestępstw na tle seksualnym", "rejestrze sprawców przestępstw na tle seksualnym");
    has(
        "pełna zdolność do czynności prawnych",
        "pełnej zdolności do czynności prawnych, pełną zdolność do czynności prawnych",
    );
    assert!(!forms("organ nadzoru").contains("organ nadzory"));
}

#[test]
fn strange_input_is_no_trouble() {
    for phrase in ["", "a", "i", "y", "ek", "ec", "ów", "ś", "1,5%", "e", "ą", "na", "ch", "日本", "kg", "ie ie ie"]
    {
        assert!(forms(phrase).contains(phrase), "{phrase}");
    }
}
