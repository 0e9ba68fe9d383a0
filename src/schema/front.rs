//! Whole front matter: keys of all rooms beside each other, in the order in which people fill them in.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, json};

use super::Schemas;
use crate::content::{PageFront, SectionFront};
use crate::source::Value;
use crate::{gallery, guide, translation};

/// Keys that come before the block.
const FIRST: [&str; 3] = ["title", "description", "date"];

/// Keys of the block's neighbours that are the original's alone.
const ORIGINAL_ONLY: [&str; 2] = ["cover", "example"];

/// Keys of a picture that a translation may repeat.
const PICTURE_TEXTS: [&str; 4] = ["file", "alt", "caption", "credit"];

type Properties = Map<String, Value>;

/// An original with one of these blocks, or with none.
pub(super) fn page(schemas: Schemas<'_>, blocks: &[(&str, Schema)]) -> Schema {
    let mut schema = assembled::<PageFront>(schemas, blocks, &[gallery::front_schema, guide::facts_schema]);
    close(&mut schema, schemas.config.strict);
    one_of(&mut schema, blocks);
    schema
}

/// A translation with blocks that hold texts only.
pub(super) fn translation(schemas: Schemas<'_>, blocks: &[(&str, Schema)]) -> Schema {
    let mut schema = assembled::<PageFront>(schemas, blocks, &[gallery::front_schema, guide::facts_schema]);
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.retain(|key, _| !ORIGINAL_ONLY.contains(&key.as_str()));
        if let Some(Value::Object(picture)) = properties.get_mut("gallery").map(|list| &mut list["items"]["properties"])
        {
            picture.retain(|key, _| PICTURE_TEXTS.contains(&key.as_str()));
        }
    }
    close(&mut schema, schemas.config.strict);
    one_of(&mut schema, blocks);
    schema
}

/// A section, original or translation.
pub(super) fn section(schemas: Schemas<'_>) -> Schema {
    let facets = |_: &mut SchemaGenerator| guide::section_schema();
    let mut schema = assembled::<SectionFront>(schemas, &[], &[facets, gallery::front_schema]);
    // In a section an unknown key is always an error.
    close(&mut schema, true);
    schema
}

/// Keys of `T`, of blocks and of other rooms.
fn assembled<T: JsonSchema>(
    schemas: Schemas<'_>,
    blocks: &[(&str, Schema)],
    rooms: &[fn(&mut SchemaGenerator) -> Schema],
) -> Schema {
    let mut own = properties(&schemas.ready(SchemaGenerator::subschema_for::<T>));
    let mut all = Properties::new();
    for key in FIRST {
        all.extend(own.shift_remove(key).map(|value| (key.to_string(), value)));
    }
    all.extend(blocks.iter().map(|(name, block)| ((*name).to_string(), block.clone().to_value())));
    for room in rooms {
        all.extend(properties(&schemas.ready(room)));
    }
    all.extend(own);
    all.insert(translation::KEY.into(), translated(schemas));
    json_schema!({ "type": "object", "properties": all })
}

/// The key that `huta status --stamp` writes.
fn translated(schemas: Schemas<'_>) -> Value {
    let schema = schemas.ready(|_| {
        json_schema!({
            "type": "string",
            "description": "Follows the original: written by `huta status --stamp`, do not change it.\n\n\
                pl: Zgodność z oryginałem – wpisuje `huta status --stamp`, nie zmieniaj.",
        })
    });
    schema.to_value()
}

fn properties(schema: &Schema) -> Properties {
    schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default()
}

fn close(schema: &mut Schema, is_closed: bool) {
    if is_closed {
        schema.insert("additionalProperties".into(), false.into());
    }
}

/// Of several blocks a page has one at most.
fn one_of(schema: &mut Schema, blocks: &[(&str, Schema)]) {
    let others = |name: &str| -> Vec<Value> {
        blocks.iter().filter(|(other, _)| *other != name).map(|(other, _)| json!({ "required": [other] })).collect()
    };
    if blocks.len() > 1 {
        let rules: Properties =
            blocks.iter().map(|(name, _)| ((*name).to_string(), json!({ "not": { "anyOf": others(name) } }))).collect();
        schema.insert("dependencies".into(), rules.into());
    }
}
