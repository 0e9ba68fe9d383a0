//! Data files in every form, whatever the text is.

use huta::source::DataFormat;

/// Does it all.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for name in DataFormat::NAMES {
        let Some(format) = DataFormat::named(name) else { continue };
        if let Ok(value) = format.parse(text) {
            let _ = value.to_string();
        }
    }
}
