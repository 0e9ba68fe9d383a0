//! Mutants into a text, all at once: one may stand inside another, in both of its branches.

use std::ops::Range;

use crate::find::Shape;

/// A mutant, and what it changes.
pub struct Change<'a> {
    pub number: u32,
    pub replacement: &'a str,
    pub shape: Shape,
}

impl Change<'_> {
    /// What is written anew.
    fn whole(&self) -> Range<usize> {
        match &self.shape {
            Shape::Body { at } => *at..*at,
            Shape::Binary { left, right, .. } => left.start..right.end,
            Shape::Unary { whole, .. } | Shape::Field { whole, .. } => whole.clone(),
            Shape::Arm { guard, at } => guard.clone().unwrap_or(*at..*at),
            Shape::Guard { guard } => guard.clone(),
        }
    }
}

/// The text with all changes in it, and of each its number and its bytes there. A change that stands in two branches of
/// another is told once for each.
pub fn weave(text: &str, mut changes: Vec<Change<'_>>) -> (String, Vec<(u32, usize, usize)>) {
    // Outer ones first, but a statement before the body that it comes before.
    changes.sort_by_key(|change| {
        let whole = change.whole();
        (whole.start, !matches!(change.shape, Shape::Body { .. }), std::cmp::Reverse(whole.end))
    });
    let mut loom = Loom { text, changes: &changes, out: String::new(), places: vec![] };
    loom.range(0..text.len(), 0);
    (loom.out, loom.places)
}

struct Loom<'a> {
    text: &'a str,
    changes: &'a [Change<'a>],
    out: String,
    places: Vec<(u32, usize, usize)>,
}

impl Loom<'_> {
    /// Writes a part of the text with those of the changes from number `next` on that lie in it.
    fn range(&mut self, part: Range<usize>, next: usize) {
        let mut at = part.start;
        for index in next..self.changes.len() {
            let whole = self.changes[index].whole();
            if whole.start >= at && whole.end <= part.end {
                self.out.push_str(&self.text[at..whole.start]);
                self.change(index);
                // What lies inside has been written with it.
                at = whole.end;
            }
        }
        self.out.push_str(&self.text[at..part.end]);
    }

    fn change(&mut self, index: usize) {
        let changes = self.changes;
        let Change { number, replacement, shape } = &changes[index];
        let from = self.out.len();
        let asleep = format!("crate::mutant({number})");
        let next = index + 1;
        match shape {
            Shape::Body { .. } => self.out.push_str(&format!("if {asleep} {{ return {replacement}; }}\n")),
            Shape::Binary { left, operator, right } => {
                self.out.push_str(&format!("(if {asleep} {{ ("));
                self.range(left.clone(), next);
                self.out.push_str(&format!(") {replacement} ("));
                self.range(right.clone(), next);
                self.out.push_str(") } else { ");
                // Another change of the same operator.
                match changes.get(next).filter(|other| {
                    other.whole() == (left.start..right.end)
                        && matches!(&other.shape, Shape::Binary { operator: same, .. } if same == operator)
                }) {
                    Some(_) => self.change(next),
                    None => {
                        self.range(left.clone(), next);
                        self.out.push_str(&self.text[left.end..right.start]);
                        self.range(right.clone(), next);
                    }
                }
                self.out.push_str(" })");
            }
            Shape::Unary { whole, operand } => {
                self.out.push_str(&format!("(if {asleep} {{ "));
                self.range(operand.clone(), next);
                self.out.push_str(" } else { ");
                self.out.push_str(&self.text[whole.start..operand.start]);
                self.range(operand.clone(), next);
                self.out.push_str(" })");
            }
            Shape::Arm { guard: None, .. } => self.out.push_str(&format!(" if !{asleep}")),
            Shape::Arm { guard: Some(guard), .. } => {
                self.out.push_str(&format!("!{asleep} && ("));
                self.range(guard.clone(), next);
                self.out.push(')');
            }
            Shape::Guard { guard } => {
                self.out.push_str(&format!("(if {asleep} {{ {replacement} }} else {{ "));
                self.range(guard.clone(), next);
                self.out.push_str(" })");
            }
            Shape::Field { name, value, base, .. } => {
                self.out.push_str(&format!("{name}: if {asleep} {{ ({}).{name} }} else {{ ", &self.text[base.clone()]));
                self.range(value.clone(), next);
                self.out.push_str(" }");
            }
        }
        self.places.push((*number, from, self.out.len()));
    }
}
