//! `qr_code`.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};
use tera::{Error, Kwargs, State, Value};

/// Modules left free on every side: ISO/IEC 18004 asks for four.
const QUIET: i32 = 4;

/// `qr_code(text=…)` gives a QR code as SVG, in the colour of the text around it; `title` names it for those who do not
/// see it. Reads well up to the length of an address; a text that no code can hold is an error.
use super::Registrar;

pub(super) fn register(tera: &mut Registrar<'_>) {
    tera.register_function("qr_code", move |kwargs: Kwargs, _: &State| {
        let text = kwargs.must_get::<String>("text")?;
        let title = kwargs.get::<String>("title")?;
        let code = QrCode::encode_text(&text, QrCodeEcc::Medium)
            .map_err(|_| Error::message(format!("qr_code: the text is too long ({} bytes)", text.len())))?;
        Ok(Value::safe_string(&svg(&code, title.as_deref())))
    });
}

/// One path: a run of dark modules in a row is one rectangle.
fn svg(code: &QrCode, title: Option<&str>) -> String {
    let side = code.size() + 2 * QUIET;
    let mut out = match title {
        Some(title) => {
            let title = quick_xml::escape::escape(title);
            format!("<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" role=\"img\"><title>{title}</title><path d=\"")
        }
        None => format!("<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" aria-hidden=\"true\"><path d=\""),
    };
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let long = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let long = i32::try_from(long).unwrap_or_default();
            if long > 0 {
                // Writing into memory cannot fail.
                let _ = write!(out, "M{} {}h{long}v1h-{long}z", x + QUIET, y + QUIET);
            }
            x += long.max(1);
        }
    }
    out.push_str("\" fill=\"currentColor\" shape-rendering=\"crispEdges\"/></svg>");
    out
}
