//! What a build is busy with, for whoever waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diagnostic::Text;
use crate::text;

/// A part of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files are read.
    Reading,
    /// Pictures are made smaller.
    Pictures,
    /// Maps are drawn and ways laid.
    Maps,
    /// Markdown becomes HTML.
    Texts,
    /// Templates run.
    Pages,
    /// What only a check sees.
    Checks,
    /// Other sites are asked whether links lead anywhere.
    Links,
}

impl Stage {
    const ALL: [Self; 7] =
        [Self::Reading, Self::Pictures, Self::Maps, Self::Texts, Self::Pages, Self::Checks, Self::Links];

    /// What is being done.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Reading => text!("czytam pliki", "reading files"),
            Self::Pictures => text!("zmniejszam obrazy", "making pictures smaller"),
            Self::Maps => text!("rysuję mapy", "drawing maps"),
            Self::Texts => text!("układam teksty", "setting texts"),
            Self::Pages => text!("składam strony", "making pages"),
            Self::Checks => text!("sprawdzam strony", "checking pages"),
            Self::Links => text!("pytam inne witryny o odnośniki", "asking other sites about links"),
        }
    }
}

/// Where a build tells what it is busy with; copies tell the same.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<AtomicUsize>);

impl Progress {
    /// Says what is done from now on.
    pub fn set(&self, stage: Stage) {
        let at = Stage::ALL.iter().position(|other| *other == stage).unwrap_or_default();
        self.0.store(at, Ordering::Relaxed);
    }

    /// What is being done now.
    #[must_use]
    pub fn stage(&self) -> Stage {
        Stage::ALL[self.0.load(Ordering::Relaxed).min(Stage::ALL.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_tell_the_same() {
        let progress = Progress::default();
        assert_eq!(progress.stage(), Stage::Reading);
        for stage in Stage::ALL {
            progress.clone().set(stage);
            assert_eq!(progress.stage(), stage);
        }
    }
}
