//! The stable names of everything that can be wrong.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Stable kebab-case name of a rule: what a diagnostic is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in the order of the pipeline.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name as printed.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// No `huta.toml`, `zola.toml` or `config.toml` was found.
    ConfigMissing = "config-missing",
    /// The configuration cannot be read as it stands.
    ConfigInvalid = "config-invalid",
    /// The configuration asks for something huta does not do.
    ConfigUnsupported = "config-unsupported",
    /// A file or folder cannot be read.
    ReadFailed = "read-failed",
    /// A text file is not UTF-8.
    InvalidUtf8 = "invalid-utf8",
    /// A file name that cannot become part of an address.
    InvalidFileName = "invalid-file-name",
    /// A symbolic link that leaves the content folder.
    SymlinkOutside = "symlink-outside",
    /// A file name with a language that is not configured.
    UnknownLanguage = "unknown-language",
    /// `index.md` where no page can be.
    MisplacedIndex = "misplaced-index",
    /// A Markdown file without front matter.
    FrontMatterMissing = "front-matter-missing",
    /// Front matter that is not YAML or TOML.
    FrontMatterSyntax = "front-matter-syntax",
    /// A key nobody knows.
    UnknownKey = "unknown-key",
    /// A value of another type than the key takes.
    WrongType = "wrong-type",
    /// A required key is not there.
    MissingKey = "missing-key",
    /// A value of the right type that cannot be right.
    InvalidValue = "invalid-value",
    /// Coordinates outside the world or the guide's bounds, or swapped.
    CoordinatesOutOfRange = "coordinates-out-of-range",
    /// A translation that changes a structured field of its original.
    StructuredOverride = "structured-override",
    /// A translation whose original does not exist.
    OriginalMissing = "original-missing",
    /// A reference to a place nobody described.
    UnknownPlace = "unknown-place",
    /// A word of the glossary that names a chapter nobody wrote.
    UnknownChapter = "unknown-chapter",
    /// A word that two entries of the glossary explain.
    WordTwice = "word-twice",
    /// A reference to an organisation nobody described.
    UnknownOrganisation = "unknown-organisation",
    /// Sections can choose their pages only by what the pages say.
    UnknownFacet = "unknown-facet",
    /// Facts that were checked too long ago.
    VerifiedLongAgo = "verified-long-ago",
    /// A chapter whose review is overdue.
    ReviewOverdue = "review-overdue",
    /// An offer or need whose time is over.
    PostingExpired = "posting-expired",
    /// A consultation that was announced too late.
    LateNotice = "late-notice",
    /// A commitment that nobody has checked for long.
    CommitmentUnchecked = "commitment-unchecked",
    /// The base map cannot be used as it stands.
    BaseMapInvalid = "base-map-invalid",
    /// No base map can be made from an extract.
    MapImportFailed = "map-import-failed",
    /// A base map was made from an extract that is not whole.
    MapImportDoubtful = "map-import-doubtful",
    /// The way of a tour is probably not what was meant.
    RouteDoubtful = "route-doubtful",
    /// A taxonomy that is not configured.
    UnknownTaxonomy = "unknown-taxonomy",
    /// Two things want the same address.
    PathCollision = "path-collision",
    /// A page that a sorted section cannot sort.
    Unsortable = "unsortable",
    /// A link without a target.
    EmptyLink = "empty-link",
    /// An internal link to a file that does not exist.
    BrokenLink = "broken-link",
    /// An internal link to an anchor that does not exist.
    BrokenAnchor = "broken-anchor",
    /// Code in a language that there are no colours for.
    UnknownCodeLanguage = "unknown-code-language",
    /// A theme or grammar for the colours of code that cannot be used.
    HighlightingInvalid = "highlighting-invalid",
    /// A style sheet in Sass that cannot be compiled.
    SassError = "sass-error",
    /// A word of `trans` or of the glossary that a language has not.
    UntranslatedWord = "untranslated-word",
    /// A picture file that cannot be used.
    PictureInvalid = "picture-invalid",
    /// A picture that is named and does not exist.
    PictureMissing = "picture-missing",
    /// A picture without words for those who do not see it.
    PictureWithoutAlt = "picture-without-alt",
    /// A picture without an author or a licence.
    PictureWithoutRights = "picture-without-rights",
    /// A licence that nobody knows.
    UnknownLicence = "unknown-licence",
    /// A picture that no page mentions.
    PictureUnused = "picture-unused",
    /// A picture file that says where it was taken.
    PictureLocated = "picture-located",
    /// A drawing that held something that a picture may not hold.
    PictureCleaned = "picture-cleaned",
    /// The theme is not there or not whole.
    ThemeInvalid = "theme-invalid",
    /// A template does not parse or fails while it runs.
    TemplateError = "template-error",
    /// A template that a page asks for does not exist.
    TemplateMissing = "template-missing",
    /// A text is harder to read than its section allows.
    HardToRead = "hard-to-read",
    /// A sentence with more words than readers hold in mind.
    LongSentence = "long-sentence",
    /// A sentence that does not say who does it: *został rozpatrzony*, *was decided*.
    PassiveVoice = "passive-voice",
    /// A Polish verb without a person: *dokonano*, *podjęto*.
    ImpersonalForm = "impersonal-form",
    /// A Polish participle that packs a sentence into a word: *mając*, *złożywszy*.
    Participle = "participle",
    /// Nouns that do the work of verbs: *w celu uzyskania*.
    NominalStyle = "nominal-style",
    /// A word of offices where there is a plain one.
    Officialese = "officialese",
    /// The output folder holds something that huta did not write.
    ForeignOutput = "foreign-output",
    /// The local server cannot run.
    ServerFailed = "server-failed",
    /// A file cannot be written.
    WriteFailed = "write-failed",
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
