//! CSV.

use serde_json::json;

use crate::source::Value;

/// `{headers: [string], records: [[string]]}`; every row has as many fields as the first.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let list = |record: &csv::StringRecord| record.iter().map(str::to_string).collect::<Vec<_>>();
    let headers = reader.headers().map(list).map_err(|error| error.to_string())?;
    let records: Result<Vec<_>, _> = reader.records().map(|record| record.map(|record| list(&record))).collect();
    Ok(json!({ "headers": headers, "records": records.map_err(|error| error.to_string())? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stay_text() {
        let value = parse("a,b\n1,\"x, y\"\n").unwrap();
        assert_eq!(value, json!({ "headers": ["a", "b"], "records": [["1", "x, y"]] }));
        assert!(parse("a,b\n1\n").is_err());
    }
}
