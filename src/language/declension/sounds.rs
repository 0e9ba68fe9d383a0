//! How Polish sounds change when an ending is added.

const VOWELS: [char; 9] = ['a', 'ą', 'e', 'ę', 'i', 'o', 'ó', 'u', 'y'];

/// A consonant at the end of a stem, and what stands in its place before the `e` of the locative. Longer ones first.
const SOFTENED: [(&str, &str); 26] = [
    ("czn", "czni"),
    ("szn", "szni"),
    ("rzn", "rzni"),
    ("st", "ści"),
    ("zd", "ździ"),
    ("sł", "śl"),
    ("sn", "śni"),
    ("zn", "źni"),
    ("ch", "sz"),
    ("t", "ci"),
    ("d", "dzi"),
    ("r", "rz"),
    ("ł", "l"),
    ("k", "c"),
    ("g", "dz"),
    ("h", "sz"),
    ("s", "si"),
    ("z", "zi"),
    ("n", "ni"),
    ("b", "bi"),
    ("p", "pi"),
    ("w", "wi"),
    ("m", "mi"),
    ("f", "fi"),
    ("v", "wi"),
    ("x", "ksi"),
];

/// Soft consonants as they are written at the end of a word and before a vowel.
const ACUTE: [(&str, &str); 5] = [("dź", "dzi"), ("ć", "ci"), ("ś", "si"), ("ź", "zi"), ("ń", "ni")];

/// What a stem ends in: which endings it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Final {
    /// `b`, `d`, `t`, `n`, …: the locative softens them.
    Hard,
    /// `k`, `g`.
    Velar,
    /// `ch`, `h`.
    Breath,
    /// `c`, `cz`, `dz`, `rz`, `sz`, `ż`: soft once, hard today.
    Hardened,
    /// `l`, `j`.
    Liquid,
    /// Softness written with an `i`: `ni`, `ci`, `wi`.
    Soft,
}

impl Final {
    pub(super) fn of(stem: &str) -> Self {
        let ends = |endings: &[&str]| endings.iter().any(|ending| stem.ends_with(ending));
        if ends(&["i"]) {
            Self::Soft
        } else if ends(&["ch", "h"]) {
            Self::Breath
        } else if ends(&["c", "cz", "dz", "rz", "sz", "ż"]) {
            Self::Hardened
        } else if ends(&["k", "g"]) {
            Self::Velar
        } else if ends(&["l", "j"]) {
            Self::Liquid
        } else {
            Self::Hard
        }
    }
}

/// A stem softened, as it stands before the `e` of the locative: `rad` → `radzi`, and `powiat` → `powieci` beside it.
pub(super) fn softened(stem: &str) -> Vec<String> {
    let Some(soft) = replaced(stem, &SOFTENED) else { return vec![] };
    let mut all = vec![soft];
    // "powiat, powiecie", "miasto, mieście", "zjazd, zjeździe".
    if let Some(at) = last_vowel(stem).filter(|at| stem[*at..].starts_with('a')) {
        let before = stem[..at].chars().next_back();
        if matches!(before, Some('i' | 'j')) && Final::of(stem) == Final::Hard {
            all.extend(replaced(&format!("{}e{}", &stem[..at], &stem[at + 1..]), &SOFTENED));
        }
    }
    all
}

/// A participle's stem before the plural of persons: `upoważnion` → `upoważnieni`.
pub(super) fn of_persons_done(stem: &str) -> Option<String> {
    Some(format!("{}eni", stem.strip_suffix("on").filter(|start| !start.is_empty())?))
}

/// A stem softened before the `i` or `y` of the plural of persons: `student` → `studenci`, `prawn` → `prawni`.
pub(super) fn of_persons(stem: &str) -> Option<String> {
    if let Some(start) = stem.strip_suffix("ch") {
        return Some(format!("{start}si"));
    }
    if Final::of(stem) == Final::Hardened {
        return Some(format!("{stem}y"));
    }
    let soft = replaced(stem, &SOFTENED)?;
    Some(match soft.chars().next_back() {
        Some('i') => soft,
        Some('l') => soft + "i",
        _ => soft + "y",
    })
}

/// The stem that endings are added to, of a word that ends in a consonant: all that it may be.
pub(super) fn oblique(word: &str) -> Vec<String> {
    let syllables = syllables(word);
    if syllables > 1
        && let Some(start) = word.strip_suffix("ek").filter(|start| !start.ends_with('i'))
    {
        return vec![format!("{start}k")];
    }
    if syllables > 1
        && let Some(start) = word.strip_suffix("ec")
    {
        // The sound before the vowel that falls out is soft in its own way: "mieszkaniec, mieszkańca".
        let start = match start.strip_suffix('i') {
            Some(soft) if soft.ends_with('n') => format!("{}ń", &soft[..soft.len() - 1]),
            Some(soft) => soft.to_string(),
            None => start.strip_suffix("rz").map_or_else(|| start.to_string(), |start| format!("{start}r")),
        };
        return vec![format!("{start}c")];
    }
    let mut all = vec![soft_written(word)];
    if syllables > 1
        && let Some(start) = word.strip_suffix("ień").or_else(|| word.strip_suffix("eń"))
    {
        all.push(format!("{start}ni"));
    }
    if let Some(start) = word.strip_suffix("eł") {
        all.push(format!("{start}ł"));
    }
    for (from, to) in [('ó', "o"), ('ą', "ę")] {
        all.extend(with_last_vowel(word, from, to).map(|word| soft_written(&word)));
    }
    all
}

/// The genitive plural without an ending: all that it may be.
pub(super) fn bare(stem: &str) -> Vec<String> {
    let plain = match stem.strip_suffix('i') {
        Some(hard) => acute(stem).unwrap_or_else(|| hard.to_string()),
        None => stem.to_string(),
    };
    let mut all = vec![plain.clone()];
    for (from, to) in [('o', "ó"), ('ę', "ą")] {
        all.extend(with_last_vowel(&plain, from, to));
    }
    let mut letters = plain.chars().rev();
    let (last, before) = (letters.next(), letters.next());
    let meets = before.is_some_and(|before| !VOWELS.contains(&before));
    if let Some(last @ ('k' | 'ł' | 'n' | 'l' | 'r')) = last.filter(|_| meets) {
        let start = &plain[..plain.len() - last.len_utf8()];
        // "składka, składek"; "okno, okien".
        all.push(format!("{start}e{last}"));
        if start.ends_with(['k', 'g', 'n']) {
            all.push(format!("{start}ie{last}"));
        }
    }
    all
}

/// A word that ends in a soft consonant, as it is written before an ending.
pub(super) fn soft_written(word: &str) -> String {
    replaced(word, &ACUTE).unwrap_or_else(|| word.to_string())
}

/// A stem in `i` as it is written where nothing follows.
fn acute(stem: &str) -> Option<String> {
    ACUTE.iter().find_map(|(end, soft)| Some(format!("{}{end}", stem.strip_suffix(soft)?)))
}

fn replaced(stem: &str, table: &[(&str, &str)]) -> Option<String> {
    table.iter().find_map(|(from, to)| Some(format!("{}{to}", stem.strip_suffix(from)?)))
}

fn last_vowel(word: &str) -> Option<usize> {
    word.rfind(VOWELS)
}

fn with_last_vowel(word: &str, from: char, to: &str) -> Option<String> {
    let at = last_vowel(word).filter(|at| word[*at..].starts_with(from))?;
    Some(format!("{}{to}{}", &word[..at], &word[at + from.len_utf8()..]))
}

/// Vowels of a word, an `i` that only softens left out.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.chars().collect();
    let counts = |at: &usize| {
        let is_mark = letters[*at] == 'i' && letters.get(at + 1).is_some_and(|next| VOWELS.contains(next));
        VOWELS.contains(&letters[*at]) && !is_mark
    };
    (0..letters.len()).filter(counts).count()
}
