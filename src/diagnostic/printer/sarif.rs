//! SARIF 2.1.0, the OASIS format for what checkers find (docs.oasis-open.org/sarif/sarif/v2.1.0).

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Severity, Told, pretty};
use crate::diagnostic::{Code, Diagnostic, Words};

/// What of a path stands as it is in an address (RFC 3986, 2.3), and its slashes.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// One run with the rules that were broken and each place where.
pub(super) fn print(told: &Told<'_>) -> String {
    let rules: Vec<Code> =
        told.diagnostics.iter().map(|diagnostic| diagnostic.code).collect::<BTreeSet<_>>().into_iter().collect();
    let results: Vec<Value> = told.diagnostics.iter().map(|diagnostic| result(diagnostic, &rules, told)).collect();
    pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.iter().map(|code| rule(*code, told.words)).collect::<Vec<_>>(),
                },
            },
            "language": match told.words {
                Words::Polish => "pl",
                Words::English => "en",
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(code: Code, words: Words) -> Value {
    let (meaning, mending) = (code.meaning(words), code.mending(words));
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": meaning },
        "help": { "text": mending, "markdown": mending },
    })
}

fn result(diagnostic: &Diagnostic, rules: &[Code], told: &Told<'_>) -> Value {
    let message = diagnostic.message.get(told.words);
    let text = match &diagnostic.help {
        Some(help) => format!("{message}\n{}", help.get(told.words)),
        None => message.to_string(),
    };
    let mut result = json!({
        "ruleId": diagnostic.code.as_str(),
        "ruleIndex": rules.binary_search(&diagnostic.code).unwrap_or_default(),
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "note",
        },
        "message": { "text": text },
    });
    if let Some(span) = &diagnostic.span {
        let uri = utf8_percent_encode(&told.file(&span.file), PATH).to_string();
        let mut place = json!({ "artifactLocation": { "uri": uri, "uriBaseId": "%SRCROOT%" } });
        if span.line > 0 {
            place["region"] = json!({
                "startLine": span.line,
                "startColumn": span.column,
                "endColumn": span.column + span.width,
                "snippet": { "text": span.excerpt },
            });
            // What stays the same when lines above come and go.
            let known = [diagnostic.code.as_str(), &span.file, &span.excerpt, &diagnostic.message.en].join("\n");
            let hash = blake3::hash(known.as_bytes()).to_hex();
            result["partialFingerprints"] = json!({ "huta/v1": hash.as_str()[..16] });
        }
        result["locations"] = json!([{ "physicalLocation": place }]);
    }
    result
}
