//! Transcripts of the program: what is typed, what it says, what it leaves on disk.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cmd/*.md");
}
