//! How a picture is cut and scaled. The rules are Zola's, so that sizes agree.

/// What to make of a picture; sizes in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Exactly this size, whatever becomes of the proportions.
    Scale(u32, u32),
    /// This width, the proportions kept.
    FitWidth(u32),
    /// This height, the proportions kept.
    FitHeight(u32),
    /// As large as fits into this box, the proportions kept; never larger than it is.
    Fit(u32, u32),
    /// Exactly this size: the middle is cut out first.
    Fill(u32, u32),
}

/// First a rectangle is cut out, then it is scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Left, top, width, height of the rectangle in the original.
    pub rectangle: (u32, u32, u32, u32),
    /// Width and height of the result.
    pub size: (u32, u32),
}

/// Proportions this near to each other (as factors of scaling) are not cut.
const NEAR: f64 = 0.1;

impl Operation {
    /// The cut for an original of this size.
    #[must_use]
    pub fn cut(self, (width, height): (u32, u32)) -> Cut {
        let whole = (0, 0, width, height);
        // A picture is never thinner than one pixel.
        let share = |of: u32, by: u32, whole: u32| {
            u32::try_from(u64::from(of) * u64::from(by) / u64::from(whole.max(1))).unwrap_or(u32::MAX).max(1)
        };
        let size = match self {
            Self::Scale(width, height) => (width, height),
            Self::FitWidth(to) => (to, share(height, to, width)),
            Self::FitHeight(to) => (share(width, to, height), to),
            Self::Fit(to_width, to_height) if width <= to_width && height <= to_height => (width, height),
            Self::Fit(to_width, to_height) => {
                let wider = u64::from(width) * u64::from(to_height) > u64::from(height) * u64::from(to_width);
                return if wider { Self::FitWidth(to_width) } else { Self::FitHeight(to_height) }.cut((width, height));
            }
            Self::Fill(to_width, to_height) => {
                return Cut { rectangle: middle((width, height), (to_width, to_height)), size: (to_width, to_height) };
            }
        };
        Cut { rectangle: whole, size }
    }
}

/// The largest rectangle with the proportions of `to`, in the middle of the original.
fn middle((width, height): (u32, u32), (to_width, to_height): (u32, u32)) -> (u32, u32, u32, u32) {
    let (across, down) = (f64::from(width) / f64::from(to_width), f64::from(height) / f64::from(to_height));
    if (across - down).abs() <= NEAR {
        return (0, 0, width, height);
    }
    // Both are smaller than a size that is a `u32`.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let length = |factor: f64, to: u32, whole: u32| ((factor * f64::from(to)).round() as u32).clamp(1, whole);
    if across < down {
        let cut = length(across, to_height, height);
        (0, (height - cut) / 2, width, cut)
    } else {
        let cut = length(down, to_width, width);
        ((width - cut) / 2, 0, cut, height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let size = |operation: Operation| operation.cut((120, 80)).size;
        assert_eq!(size(Operation::Scale(33, 21)), (33, 21));
        assert_eq!(size(Operation::FitWidth(31)), (31, 20));
        assert_eq!(size(Operation::FitHeight(20)), (30, 20));
        assert_eq!(size(Operation::Fit(60, 20)), (30, 20));
        assert_eq!(size(Operation::Fit(500, 500)), (120, 80));
        assert_eq!(Operation::FitWidth(10).cut((1000, 3)).size, (10, 1));
    }

    #[test]
    fn the_middle_is_cut_out() {
        assert_eq!(Operation::Fill(50, 50).cut((120, 80)), Cut { rectangle: (20, 0, 80, 80), size: (50, 50) });
        assert_eq!(Operation::Fill(60, 10).cut((120, 80)).rectangle, (0, 30, 120, 20));
        assert_eq!(Operation::Fill(60, 39).cut((120, 80)).rectangle, (0, 0, 120, 80));
    }
}
