//! Help and mistakes of the command line in Polish. The English is in the comments on the arguments themselves.

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

/// What each command does, by its path without the program's name.
const COMMANDS: &[(&str, &str)] = &[
    ("", "Buduje dwujęzyczny statyczny przewodnik po Nowej Hucie z folderu plików Markdown"),
    ("build", "Zbuduj witrynę"),
    ("check", "Sprawdź witrynę, niczego nie zapisując"),
    ("completion", "Wypisz to, dzięki czemu powłoka uzupełnia polecenia"),
    ("man", "Wypisz stronę podręcznika albo zapisz po jednej na polecenie"),
    ("map", "Pracuj nad mapą podkładową"),
    ("map import", "Zrób mapę podkładową z wyciągu OpenStreetMap"),
    ("new", "Utwórz nową stronę, gotową do uzupełnienia"),
    ("schema", "Zapisz schematy metryczek i ustawienia edytora, który je podpowiada"),
    ("serve", "Zbuduj, pokaż w przeglądarce i buduj po każdej zmianie"),
    ("status", "Powiedz, których tłumaczeń brakuje, a które zostały w tyle"),
];

/// What each argument means, by the path of its command; those of every command have none.
const ARGUMENTS: &[(&str, &str, &str)] = &[
    ("", "root", "Folder witryny"),
    ("", "config", "Plik konfiguracji, od folderu witryny [domyślnie: huta.toml, zola.toml albo config.toml]"),
    ("", "lang", "Język komunikatów [domyślnie: język witryny]"),
    ("", "quiet", "Mów tylko o błędach"),
    ("build", "output_dir", "Gdzie zapisać witrynę [domyślnie: „output_dir” z konfiguracji]"),
    ("build", "force", "Zastąp folder wyjściowy, nawet gdy są w nim cudze pliki"),
    ("build", "minify", "Ściśnij HTML, cokolwiek mówi konfiguracja"),
    ("build", "uncompressed", "Pomiń pliki skompresowane („precompress”), cokolwiek mówi konfiguracja"),
    ("build", "base_url", "Adres, pod którym witryna będzie opublikowana [domyślnie: „base_url” z konfiguracji]"),
    ("build", "anew", "Zrób wszystko od nowa, cokolwiek zostało po poprzedniej budowie"),
    ("build", "drafts", "Zbuduj też szkice"),
    ("build", "profile", "Powiedz, na co poszedł czas: etapy, szablony, funkcje i filtry"),
    ("build", "today", "Dzień, na który budować [domyślnie: SOURCE_DATE_EPOCH, a bez niego dzisiaj]"),
    ("check", "paths", "Pliki i foldery, o których mówić [domyślnie: cała witryna]"),
    ("check", "format", "W jakiej postaci wypisać wynik"),
    ("check", "readability", "Zmierz, jak proste są teksty, i porównaj z granicami z konfiguracji"),
    ("check", "hints", "Pokaż każde miejsce, które można napisać prościej (z --readability)"),
    ("check", "external", "Zapytaj inne witryny, czy odnośniki do nich działają"),
    ("check", "drafts", "Sprawdź też szkice"),
    ("check", "today", "Dzień, na który sprawdzać [domyślnie: SOURCE_DATE_EPOCH, a bez niego dzisiaj]"),
    ("completion", "shell", "Powłoka"),
    ("man", "folder", "Zapisz w tym folderze stronę o każdym poleceniu, zamiast wypisać tę o programie"),
    ("map import", "file", "Wyciąg: .osm.pbf, .osm (XML) albo GeoJSON z etykietami OpenStreetMap jako właściwościami"),
    ("map import", "bbox", "Prostokąt mapy w stopniach: zachód, południe, wschód, północ"),
    (
        "map import",
        "output",
        "Gdzie zapisać mapę; „-” to standardowe wyjście [domyślnie: content/mapa/base.geojson witryny]",
    ),
    ("map import", "force", "Zastąp mapę, która już tam jest"),
    (
        "new",
        "kind",
        "Co utworzyć: rodzaj strony po polsku albo po angielsku (miejsce, place, …), „strona” albo „dział”",
    ),
    ("new", "title", "Tytuł w domyślnym języku witryny"),
    ("new", "en", "Tytuł po angielsku"),
    ("new", "at", "Gdzie leży: szerokość, długość geograficzna"),
    ("new", "start", "Kiedy zaczyna się wydarzenie"),
    ("new", "section", "Folder działu w „content” [domyślnie: tam, gdzie są takie strony]"),
    ("new", "slug", "Nazwa nowego folderu [domyślnie: z tytułu]"),
    ("new", "today", "Data strony [domyślnie: SOURCE_DATE_EPOCH, a bez niego dzisiaj]"),
    ("schema", "dir", "Gdzie zapisać schematy, od folderu witryny"),
    ("schema", "remark", "Ustaw też program remark, który sprawdza metryczki w edytorze i potrzebuje Node"),
    ("serve", "interface", "Adres, na którym nasłuchiwać"),
    ("serve", "port", "Port, na którym nasłuchiwać; 0 bierze wolny [domyślnie: 1111 albo najbliższy wolny]"),
    ("serve", "output_dir", "Gdzie zapisać witrynę [domyślnie: folder na czas działania serwera]"),
    ("serve", "force", "Zastąp ten folder, nawet gdy są w nim cudze pliki"),
    (
        "serve",
        "base_url",
        "Adres, który podają strony, z dodanym portem; „/” daje adresy od korzenia [domyślnie: adres serwera]",
    ),
    ("serve", "no_port_append", "Nie dodawaj portu do tego adresu"),
    ("serve", "extra_watch_path", "Pilnuj też tego pliku albo folderu; można podać kilka razy"),
    ("serve", "debounce", "Ile milisekund ciszy przed budową, gdy nie wiadomo, czy pliki są już całe"),
    ("serve", "open", "Otwórz witrynę w przeglądarce"),
    ("serve", "drafts", "Zbuduj też szkice"),
    ("serve", "today", "Dzień, na który budować [domyślnie: SOURCE_DATE_EPOCH, a bez niego dzisiaj]"),
    ("status", "stamp", "Oznacz tłumaczenie jako aktualne, a przy folderze wszystkie w nim; można podać kilka"),
    ("status", "format", "W jakiej postaci wypisać wynik"),
    ("status", "today", "Dzień, na który patrzeć [domyślnie: SOURCE_DATE_EPOCH, a bez niego dzisiaj]"),
];

/// What a help page says, in this order.
const PAGE: &str = "{about-with-newline}\nUżycie: {usage}\n\n{all-args}";

/// The same command line with its help in Polish.
pub(super) fn translated(command: Command) -> Command {
    let mut built = command.clone();
    built.build();
    translate(command, &built, "").disable_version_flag(true).arg(
        Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help("Wypisz wersję")
            .help_heading("Opcje"),
    )
}

/// A command and its own ones. `built` is the same with what clap adds to it.
fn translate(command: Command, built: &Command, path: &str) -> Command {
    let usage = built.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[OPCJE]").replace("<COMMAND>", "<POLECENIE>");
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_string()).collect();
    let mut command = command
        .help_template(PAGE)
        .override_usage(usage)
        .subcommand_help_heading("Polecenia")
        .disable_help_flag(true)
        .mut_args(|arg| argument(arg, path))
        .arg(
            Arg::new("help").short('h').long("help").action(ArgAction::Help).help("Wypisz pomoc").help_heading("Opcje"),
        );
    if let Some((_, about)) = COMMANDS.iter().find(|(name, _)| *name == path) {
        command = command.about(*about);
    }
    for name in names {
        let below = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        let Some(inner) = built.find_subcommand(&name) else { continue };
        command = command.mut_subcommand(&name, |sub| translate(sub, inner, &below));
    }
    command
}

fn argument(arg: Arg, path: &str) -> Arg {
    let id = arg.get_id().as_str().to_string();
    let found = ARGUMENTS.iter().find(|(of, name, _)| (*of == path || of.is_empty()) && *name == id);
    let mut help = found.map_or_else(String::new, |(_, _, help)| (*help).to_string());
    let list = |values: Vec<String>| values.join(", ");
    let defaults: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let values: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_string()).collect();
    if !defaults.is_empty() && arg.get_action().takes_values() {
        let _ = write!(help, " [domyślnie: {}]", list(defaults));
    }
    if !values.is_empty() && arg.get_action().takes_values() {
        let _ = write!(help, " [możliwe: {}]", list(values));
    }
    let heading = if arg.is_positional() { "Argumenty" } else { "Opcje" };
    let arg = arg.help(StyledStr::from(help)).long_help(None::<&str>).help_heading(heading);
    if arg.get_action().takes_values() { arg.hide_default_value(true).hide_possible_values(true) } else { arg }
}

/// A mistake in the arguments in Polish; `None` for one that there are no words for.
pub(super) fn mistake(error: &clap::Error) -> Option<String> {
    let get = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(list)) => Some(list.join(", ")),
        _ => None,
    };
    let (argument, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let said = match error.kind() {
        ErrorKind::UnknownArgument => format!("nieznany argument „{}”", argument?),
        ErrorKind::InvalidSubcommand => format!("nieznane polecenie „{}”", get(ContextKind::InvalidSubcommand)?),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match value {
            Some(value) if !value.is_empty() => format!("„{}” nie może mieć wartości „{value}”", argument?),
            _ => format!("„{}” potrzebuje wartości", argument?),
        },
        ErrorKind::MissingRequiredArgument => format!("brakuje: {}", argument?),
        ErrorKind::ArgumentConflict => {
            format!("„{}” nie można podać razem z „{}”", argument?, get(ContextKind::PriorArg)?)
        }
        _ => return None,
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    // Of several the last is the nearest.
    let near = near.into_iter().find_map(get);
    let near = near.and_then(|near| near.rsplit(", ").next().map(|near| format!("czy chodziło o „{near}”?")));
    let possible = get(ContextKind::ValidValue).map(|list| format!("możliwe: {list}"));
    let help: String = near.or(possible).map(|help| format!("  = pomoc: {help}\n")).unwrap_or_default();
    Some(format!("błąd: {said}\n{help}\nWięcej: huta --help\n"))
}

/// Whether the arguments ask for a language, before they are read in earnest.
pub(super) fn asked(arguments: &[OsString]) -> Option<bool> {
    let mut arguments = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.next().map(|value| value.to_string()),
            Some(rest) => rest.strip_prefix('=').map(str::to_string),
            None => None,
        };
        if let Some(value) = value {
            return Some(value == "pl");
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    /// Every command and argument that a help page shows, by path.
    fn shown(command: &Command, path: &str, found: &mut Vec<(String, Option<String>)>) {
        found.push((path.to_string(), None));
        let arguments = command.get_arguments().filter(|arg| !arg.is_hide_set());
        found.extend(arguments.map(|arg| (path.to_string(), Some(arg.get_id().to_string()))));
        for sub in command.get_subcommands() {
            let below = if path.is_empty() { sub.get_name().to_string() } else { format!("{path} {}", sub.get_name()) };
            shown(sub, &below, found);
        }
    }

    #[test]
    fn everything_has_polish_words_and_nothing_else_does() {
        let mut found = vec![];
        shown(&Cli::command(), "", &mut found);
        for (path, argument) in &found {
            match argument {
                None => assert!(COMMANDS.iter().any(|(name, _)| name == path), "no words for the command `{path}`"),
                Some(id) => assert!(
                    ARGUMENTS.iter().any(|(of, name, _)| of == path && name == id),
                    "no words for `{id}` of the command `{path}`"
                ),
            }
        }
        for (path, _) in COMMANDS {
            assert!(found.contains(&((*path).to_string(), None)), "no command `{path}`");
        }
        for (path, id, _) in ARGUMENTS {
            assert!(found.contains(&((*path).to_string(), Some((*id).to_string()))), "no `{id}` in `{path}`");
        }
    }

    #[test]
    fn the_language_is_known_before_the_rest() {
        let asked = |arguments: &[&str]| asked(&arguments.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked(&["huta", "check", "--lang", "pl"]), Some(true));
        assert_eq!(asked(&["huta", "--lang=en", "check"]), Some(false));
        assert_eq!(asked(&["huta", "check"]), None);
    }
}
