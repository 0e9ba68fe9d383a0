//! What is drawn in one way: layers of the ground and kinds of labels. Their classes are what a theme's CSS names.

use crate::map::{Class, Kind};

/// Layers of the ground from the lowest to the highest: kind, class (any when `None`), the class in the drawing.
///
/// A feature goes into the first layer that fits it, wherever that stands in the pile.
pub(super) const LAYERS: [Layer; 19] = [
    Layer { kind: Kind::Works, class: None, name: "works" },
    Layer { kind: Kind::Estate, class: None, name: "estate" },
    Layer { kind: Kind::Green, class: Some(Class::Meadow), name: "meadow" },
    Layer { kind: Kind::Green, class: Some(Class::Forest), name: "forest" },
    Layer { kind: Kind::Green, class: Some(Class::Sport), name: "sport" },
    Layer { kind: Kind::Green, class: Some(Class::Allotments), name: "allotments" },
    Layer { kind: Kind::Green, class: Some(Class::Cemetery), name: "cemetery" },
    Layer { kind: Kind::Green, class: Some(Class::Fort), name: "fort" },
    Layer { kind: Kind::Green, class: None, name: "park" },
    Layer { kind: Kind::Water, class: Some(Class::River), name: "river" },
    Layer { kind: Kind::Water, class: None, name: "lake" },
    Layer { kind: Kind::Street, class: Some(Class::Path), name: "path" },
    Layer { kind: Kind::Street, class: Some(Class::Cycle), name: "cycle" },
    Layer { kind: Kind::Street, class: Some(Class::Street), name: "street" },
    Layer { kind: Kind::Street, class: None, name: "avenue" },
    Layer { kind: Kind::Rail, class: None, name: "rail" },
    Layer { kind: Kind::Tram, class: None, name: "tram" },
    Layer { kind: Kind::Building, class: None, name: "building" },
    Layer { kind: Kind::Mound, class: None, name: "mound" },
];

/// One way of drawing features.
#[derive(Debug)]
pub(super) struct Layer {
    kind: Kind,
    class: Option<Class>,
    /// Its class in the drawing.
    pub(super) name: &'static str,
}

/// The position of a feature's layer; `None` for what is only marked or named.
pub(super) fn layer(kind: Kind, class: Option<Class>) -> Option<usize> {
    let class = if kind == Kind::Street { class.or(Some(Class::Street)) } else { class };
    LAYERS.iter().position(|layer| layer.kind == kind && (layer.class.is_none() || layer.class == class))
}

/// How a kind of label is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// A stop of the tour, or what the map is about.
    Stop,
    /// Another page of the guide.
    Mark,
    /// A street.
    Street,
    /// A park.
    Green,
    /// A lake or a river.
    Water,
    /// An estate.
    Estate,
    /// A landmark, the steelworks, a part of the town.
    Landmark,
    /// A stop of public transport.
    Transit,
}

/// Every style, in the order its labels are drawn.
pub(super) const STYLES: [Style; 8] = [
    Style::Estate,
    Style::Green,
    Style::Water,
    Style::Street,
    Style::Landmark,
    Style::Transit,
    Style::Mark,
    Style::Stop,
];

impl Style {
    /// Its class in the drawing.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Stop => "n-stop",
            Self::Mark => "n-mark",
            Self::Street => "n-street",
            Self::Green => "n-green",
            Self::Water => "n-water",
            Self::Estate => "n-estate",
            Self::Landmark => "n-landmark",
            Self::Transit => "n-transit",
        }
    }

    /// Its size as a share of the level's.
    pub(super) fn size(self) -> f64 {
        match self {
            Self::Stop | Self::Mark => 1.0,
            Self::Estate => 0.95,
            Self::Street | Self::Green | Self::Water => 0.9,
            Self::Landmark | Self::Transit => 0.85,
        }
    }

    /// Widest line in font sizes; streets and rivers stay on one.
    pub(super) fn line(self) -> f64 {
        match self {
            Self::Street => f64::INFINITY,
            Self::Stop | Self::Mark => 10.0,
            _ => 9.0,
        }
    }

    /// Whether it is set in bold.
    pub(super) fn is_bold(self) -> bool {
        matches!(self, Self::Stop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_feature_has_its_layer() {
        for (kind, class, expected) in [
            (Kind::Works, None, "works"),
            (Kind::Estate, None, "estate"),
            (Kind::Green, Some(Class::Meadow), "meadow"),
            (Kind::Green, Some(Class::Forest), "forest"),
            (Kind::Green, Some(Class::Sport), "sport"),
            (Kind::Green, Some(Class::Allotments), "allotments"),
            (Kind::Green, Some(Class::Cemetery), "cemetery"),
            (Kind::Green, Some(Class::Fort), "fort"),
            (Kind::Green, Some(Class::Park), "park"),
            (Kind::Green, Some(Class::Lawn), "park"),
            (Kind::Green, None, "park"),
            (Kind::Water, Some(Class::River), "river"),
            (Kind::Water, Some(Class::Lake), "lake"),
            (Kind::Water, None, "lake"),
            (Kind::Street, Some(Class::Path), "path"),
            (Kind::Street, Some(Class::Cycle), "cycle"),
            (Kind::Street, Some(Class::Street), "street"),
            (Kind::Street, None, "street"),
            (Kind::Street, Some(Class::Avenue), "avenue"),
            (Kind::Rail, None, "rail"),
            (Kind::Tram, None, "tram"),
            (Kind::Building, Some(Class::Fort), "building"),
            (Kind::Mound, None, "mound"),
            (Kind::Transit, None, ""),
            (Kind::Place, None, ""),
        ] {
            let found = layer(kind, class).map_or("", |at| LAYERS[at].name);
            assert_eq!(found, expected, "{kind:?} {class:?}");
        }
    }

    #[test]
    fn each_style_is_set_in_its_way() {
        let all = STYLES.map(|style| (style.class(), style.size(), style.line(), style.is_bold()));
        assert_eq!(
            all.to_vec(),
            [
                ("n-estate", 0.95, 9.0, false),
                ("n-green", 0.9, 9.0, false),
                ("n-water", 0.9, 9.0, false),
                ("n-street", 0.9, f64::INFINITY, false),
                ("n-landmark", 0.85, 9.0, false),
                ("n-transit", 0.85, 9.0, false),
                ("n-mark", 1.0, 10.0, false),
                ("n-stop", 1.0, 10.0, true),
            ]
        );
    }
}
