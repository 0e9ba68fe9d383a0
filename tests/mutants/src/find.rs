//! The piece of a syntax tree that a mutant changes.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Arm, Expr, ExprBinary, ExprStruct, ExprUnary, File, Member};

/// What is to be changed, as bytes of the file.
pub enum Shape {
    /// The beginning of a function's body: it returns something else.
    Body { at: usize },
    /// `left operator right`: another operator.
    Binary { left: Range<usize>, operator: Range<usize>, right: Range<usize> },
    /// `operator operand`: without the operator.
    Unary { whole: Range<usize>, operand: Range<usize> },
    /// An arm of a `match`: never taken. `guard` is what is asked already, else `at` is behind the pattern.
    Arm { guard: Option<Range<usize>>, at: usize },
    /// What an arm asks: always or never true.
    Guard { guard: Range<usize> },
    /// A field of a struct that has `..base`: the base's. `value` is the field as written, with its name.
    Field { whole: Range<usize>, name: String, value: Range<usize>, base: Range<usize> },
}

/// The shape of the mutant of a `genre` (`cargo mutants`' word) that stands at `from..to`; none if it cannot sleep there.
pub fn shape(tree: &File, genre: &str, from: usize, to: usize) -> Option<Shape> {
    if genre == "FnValue" {
        return Some(Shape::Body { at: from });
    }
    let mut search = Search { genre, from, to, found: None };
    search.visit_file(tree);
    search.found
}

struct Search<'a> {
    genre: &'a str,
    from: usize,
    to: usize,
    found: Option<Shape>,
}

/// Whether a condition binds names, which only stands in `if` and `while` themselves.
fn binds(expr: &Expr) -> bool {
    struct Lets(bool);
    impl Visit<'_> for Lets {
        fn visit_expr_let(&mut self, _: &syn::ExprLet) {
            self.0 = true;
        }
        fn visit_block(&mut self, _: &syn::Block) {}
        fn visit_expr_match(&mut self, _: &syn::ExprMatch) {}
    }
    let mut lets = Lets(false);
    lets.visit_expr(expr);
    lets.0
}

fn range(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_expr_binary(&mut self, node: &'ast ExprBinary) {
        let operator = range(&node.op);
        if self.genre == "BinaryOperator" && operator.start == self.from && !binds(&node.left) && !binds(&node.right) {
            self.found = Some(Shape::Binary { left: range(&*node.left), operator, right: range(&*node.right) });
        }
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_unary(&mut self, node: &'ast ExprUnary) {
        if self.genre == "UnaryOperator" && range(&node.op).start == self.from {
            self.found = Some(Shape::Unary { whole: range(node), operand: range(&*node.expr) });
        }
        visit::visit_expr_unary(self, node);
    }

    fn visit_arm(&mut self, node: &'ast Arm) {
        let guard = node.guard.as_ref().map(|(_, guard)| &**guard);
        let binds = guard.is_some_and(binds);
        if self.genre == "MatchArm" && range(node).start == self.from && !binds {
            self.found = Some(Shape::Arm { guard: guard.map(range), at: range(&node.pat).end });
        }
        if let Some(guard) = guard.map(range).filter(|_| self.genre == "MatchArmGuard" && !binds)
            && guard == (self.from..self.to)
        {
            self.found = Some(Shape::Guard { guard });
        }
        visit::visit_arm(self, node);
    }

    fn visit_expr_struct(&mut self, node: &'ast ExprStruct) {
        if self.genre == "StructField"
            && let Some(base) = &node.rest
        {
            for field in &node.fields {
                if let Member::Named(name) = &field.member
                    && range(field).start == self.from
                {
                    self.found = Some(Shape::Field {
                        whole: range(field),
                        name: name.to_string(),
                        value: range(&field.expr),
                        base: range(&**base),
                    });
                }
            }
        }
        visit::visit_expr_struct(self, node);
    }
}
