//! Pages that lead elsewhere: aliases, `redirect_to`, the first pager's number.

use crate::content::{alias_file, index_file, pagers};
use crate::render::{Body, Output};
use crate::template::Store;

pub(super) fn outputs(store: &Store) -> Vec<Output> {
    let config = &store.project.config;
    let mut outputs = vec![];
    let mut add = |path: String, target: &str| outputs.push(Output { path, body: Body::Text(redirect(target)) });
    for page in store.library.pages.iter().filter(|page| page.fallback_of.is_none()) {
        for alias in &page.front.aliases {
            add(alias_file(alias), &page.permalink);
        }
    }
    for section in &store.library.sections {
        if section.fallback_of.is_none() {
            for alias in &section.front.aliases {
                add(alias_file(alias), &section.permalink);
            }
        }
        if !section.front.render {
            continue;
        }
        if let Some(by) = section.paginate_by() {
            let cut = pagers(&section.path, &section.front.paginate_path, &section.pages, by, false);
            add(index_file(&cut[0].numbered_path), &section.permalink);
        } else if let Some(target) = &section.front.redirect_to {
            let absolute = target.starts_with("http://") || target.starts_with("https://");
            let target = if absolute { target.clone() } else { config.permalink(target) };
            add(index_file(&section.path), &target);
        }
    }
    for taxonomy in store.library.taxonomies.iter().filter(|taxonomy| taxonomy.config.is_rendered()) {
        let Some(by) = taxonomy.paginate_by() else { continue };
        for term in &taxonomy.terms {
            let cut = pagers(&term.path, taxonomy.config.paginate_path(), &term.pages, by, false);
            add(index_file(&cut[0].numbered_path), &term.permalink);
        }
    }
    outputs
}

fn redirect(target: &str) -> String {
    let mut escaped = Vec::new();
    // Writing into memory cannot fail.
    let _ = tera::escape_html(target, &mut escaped);
    let address = String::from_utf8_lossy(&escaped);
    let script = serde_json::Value::from(target).to_string().replace('<', "\\u003c");
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Redirect</title>\
         <link rel=\"canonical\" href=\"{address}\"><meta name=\"robots\" content=\"noindex\">\
         <script>location.replace({script}+location.hash)</script>\
         <noscript><meta http-equiv=\"refresh\" content=\"0; url={address}\"></noscript></head>\
         <body><p><a href=\"{address}\">{address}</a></p></body></html>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_cannot_break_out() {
        let html = redirect("https://a/\"><script>x</script>");
        assert!(!html.contains("\"><script>x"), "{html}");
        assert!(!html.contains("</script>x"), "{html}");
    }

    #[test]
    fn a_target_is_said_in_each_way() {
        let html = redirect("https://a/?b&c");
        for part in [
            "<link rel=\"canonical\" href=\"https://a/?b&amp;c\">",
            "location.replace(\"https://a/?b&c\"+location.hash)",
            "content=\"0; url=https://a/?b&amp;c\">",
            "<a href=\"https://a/?b&amp;c\">https://a/?b&amp;c</a>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
