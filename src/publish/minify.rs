//! Smaller HTML with the same meaning.

use minify_html::Cfg;

/// Minifies HTML and the CSS in it; scripts stay as they are.
///
/// `<html>` and `<head>` stay, as in Zola. Attributes stay separated and quoted where the standard asks for it, so that
/// the result is still valid HTML.
#[must_use]
pub fn minify(html: &str) -> Vec<u8> {
    let cfg =
        Cfg { keep_html_and_head_opening_tags: true, keep_closing_tags: true, minify_css: true, ..Cfg::default() };
    minify_html::minify(html.as_bytes(), &cfg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_meaning() {
        let html = "<!doctype html>\n<html lang=\"pl\"> <head><meta charset=\"utf-8\"><title>ż  a</title></head> <body>\n<p class=\"a b\">A  <b>b</b> c</p>\n<pre>x\n  y</pre></body></html>";
        let small = String::from_utf8(minify(html)).unwrap();
        assert!(small.len() < html.len());
        assert!(small.to_lowercase().starts_with("<!doctype html><html lang=pl><head>"), "{small}");
        assert!(small.contains("A <b>b</b> c") && small.contains("<pre>x\n  y</pre>"), "{small}");
    }
}
