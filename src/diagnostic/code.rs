//! The stable names of everything that can be wrong.

use super::Words;

macro_rules! codes {
    ($($(#[doc = $en:literal])+ $name:ident = $text:literal {
        pl: $pl:literal,
        mend_pl: $mend_pl:literal,
        mend_en: $mend_en:literal,
    },)*) => {
        /// Stable kebab-case name of a rule: what a diagnostic is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $en])+ $name,)* }

        impl Code {
            /// Every code, in the order of the pipeline.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name as printed.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What it is about, one sentence of Markdown.
            #[must_use]
            pub fn meaning(self, words: Words) -> &'static str {
                match (self, words) {
                    $((Self::$name, Words::Polish) => $pl,
                    (Self::$name, Words::English) => concat!($($en),+).trim_ascii(),)*
                }
            }

            /// How it is mended, a sentence or two of Markdown.
            #[must_use]
            pub fn mending(self, words: Words) -> &'static str {
                match (self, words) {
                    $((Self::$name, Words::Polish) => $mend_pl,
                    (Self::$name, Words::English) => $mend_en,)*
                }
            }
        }
    };
}

codes! {
    /// No `huta.toml`, `zola.toml` or `config.toml` was found.
    ConfigMissing = "config-missing" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// The configuration cannot be read as it stands.
    ConfigInvalid = "config-invalid" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// The configuration asks for something huta does not do.
    ConfigUnsupported = "config-unsupported" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A file or folder cannot be read.
    ReadFailed = "read-failed" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A text file is not UTF-8.
    InvalidUtf8 = "invalid-utf8" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A file name that cannot become part of an address.
    InvalidFileName = "invalid-file-name" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A symbolic link that leaves the content folder.
    SymlinkOutside = "symlink-outside" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A file name with a language that is not configured.
    UnknownLanguage = "unknown-language" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// `index.md` where no page can be.
    MisplacedIndex = "misplaced-index" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A Markdown file without front matter.
    FrontMatterMissing = "front-matter-missing" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// Front matter that is not YAML or TOML.
    FrontMatterSyntax = "front-matter-syntax" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A key nobody knows.
    UnknownKey = "unknown-key" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A value of another type than the key takes.
    WrongType = "wrong-type" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A required key is not there.
    MissingKey = "missing-key" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A value of the right type that cannot be right.
    InvalidValue = "invalid-value" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// Coordinates outside the world or the guide's bounds, or swapped.
    CoordinatesOutOfRange = "coordinates-out-of-range" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A translation that changes a structured field of its original.
    StructuredOverride = "structured-override" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A translation whose original does not exist.
    OriginalMissing = "original-missing" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A page without its translation.
    TranslationMissing = "translation-missing" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A translation whose original has changed since.
    TranslationStale = "translation-stale" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A file to be stamped that is no translation.
    NotATranslation = "not-a-translation" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A reference to a place nobody described.
    UnknownPlace = "unknown-place" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A word of the glossary that names a chapter nobody wrote.
    UnknownChapter = "unknown-chapter" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A word that two entries of the glossary explain.
    WordTwice = "word-twice" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A reference to an organisation nobody described.
    UnknownOrganisation = "unknown-organisation" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// Sections can choose their pages only by what the pages say.
    UnknownFacet = "unknown-facet" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// Facts that were checked too long ago.
    VerifiedLongAgo = "verified-long-ago" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// Facts without a source.
    SourceMissing = "source-missing" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A source that was read too long ago.
    SourceOld = "source-old" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A chapter whose review is overdue.
    ReviewOverdue = "review-overdue" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// An offer or need whose time is over.
    PostingExpired = "posting-expired" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A consultation that was announced too late.
    LateNotice = "late-notice" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A commitment that nobody has checked for long.
    CommitmentUnchecked = "commitment-unchecked" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// The base map cannot be used as it stands.
    BaseMapInvalid = "base-map-invalid" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// No base map can be made from an extract.
    MapImportFailed = "map-import-failed" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A base map was made from an extract that is not whole.
    MapImportDoubtful = "map-import-doubtful" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// The way of a tour is probably not what was meant.
    RouteDoubtful = "route-doubtful" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A taxonomy that is not configured.
    UnknownTaxonomy = "unknown-taxonomy" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// Two things want the same address.
    PathCollision = "path-collision" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A page that a sorted section cannot sort.
    Unsortable = "unsortable" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// Two pages of one language with one title.
    TitleTwice = "title-twice" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// Two pages of one language with one description.
    DescriptionTwice = "description-twice" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A heading that skips a level, or stands as high as the title.
    HeadingOrder = "heading-order" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A table without words over its columns.
    TableWithoutHeader = "table-without-header" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A link without a target.
    EmptyLink = "empty-link" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A link whose words do not say where it leads: *here*.
    VagueLink = "vague-link" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// An internal link to a file that does not exist.
    BrokenLink = "broken-link" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// An internal link to an anchor that does not exist.
    BrokenAnchor = "broken-anchor" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A link to another site that leads nowhere.
    ExternalLinkBroken = "external-link-broken" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A link to another site whose page has moved for good.
    ExternalLinkMoved = "external-link-moved" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A link to another site that could not be asked.
    ExternalLinkUnknown = "external-link-unknown" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// Code in a language that there are no colours for.
    UnknownCodeLanguage = "unknown-code-language" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A theme or grammar for the colours of code that cannot be used.
    HighlightingInvalid = "highlighting-invalid" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A style sheet in Sass that cannot be compiled.
    SassError = "sass-error" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A word of `trans` or of the glossary that a language has not.
    UntranslatedWord = "untranslated-word" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A picture file that cannot be used.
    PictureInvalid = "picture-invalid" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A picture that is named and does not exist.
    PictureMissing = "picture-missing" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A picture without words for those who do not see it.
    PictureWithoutAlt = "picture-without-alt" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// Words for those who do not see a picture that take too long to hear.
    AltTooLong = "alt-too-long" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A picture without an author or a licence.
    PictureWithoutRights = "picture-without-rights" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A licence that nobody knows.
    UnknownLicence = "unknown-licence" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A picture that no page mentions.
    PictureUnused = "picture-unused" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A file that no page mentions.
    FileUnused = "file-unused" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A picture file that says where it was taken.
    PictureLocated = "picture-located" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A drawing that held something that a picture may not hold.
    PictureCleaned = "picture-cleaned" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// The theme is not there or not whole.
    ThemeInvalid = "theme-invalid" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A template does not parse or fails while it runs.
    TemplateError = "template-error" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A template that a page asks for does not exist.
    TemplateMissing = "template-missing" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A page that is heavier than the site allows.
    PageTooHeavy = "page-too-heavy" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A text is harder to read than its section allows.
    HardToRead = "hard-to-read" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A sentence with more words than readers hold in mind.
    LongSentence = "long-sentence" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A sentence that does not say who does it: *został rozpatrzony*, *was decided*.
    PassiveVoice = "passive-voice" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A Polish verb without a person: *dokonano*, *podjęto*.
    ImpersonalForm = "impersonal-form" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A Polish participle that packs a sentence into a word: *mając*, *złożywszy*.
    Participle = "participle" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// Nouns that do the work of verbs: *w celu uzyskania*.
    NominalStyle = "nominal-style" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A word of offices where there is a plain one.
    Officialese = "officialese" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// The output folder holds something that huta did not write.
    ForeignOutput = "foreign-output" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// The local server cannot run.
    ServerFailed = "server-failed" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A file cannot be written.
    WriteFailed = "write-failed" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A new file would stand where there is one.
    FileExists = "file-exists" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
    /// A file or folder that was named and is not there.
    UnknownPath = "unknown-path" {
        pl: "",
        mend_pl: "",
        mend_en: "",
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_kebab_case() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(
            names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        );
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
