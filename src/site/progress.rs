//! What a build is busy with, for whoever waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diagnostic::Text;
use crate::profile::Profile;
use crate::text;

/// A part of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// What is there is compared with what the last build saw.
    Comparing,
    /// Files are read.
    Reading,
    /// Pages and sections are put in order.
    Contents,
    /// Pictures are made smaller.
    Pictures,
    /// Blocks of front matter are read and checked.
    Guide,
    /// Maps are drawn and ways laid.
    Maps,
    /// Templates and style sheets are read.
    Templates,
    /// Markdown becomes HTML.
    Texts,
    /// Values for templates are made.
    Values,
    /// Outputs are listed, with feeds, sitemap, search and open data.
    Outputs,
    /// Templates run, and what they make is written.
    Pages,
    /// Headers, lists for saving and compressed files are made.
    Hosting,
    /// The new site takes the place of the old one.
    Publishing,
    /// What only a check sees.
    Checks,
    /// Other sites are asked whether links lead anywhere.
    Links,
    /// Another process builds into the same folder.
    Waiting,
}

impl Stage {
    const ALL: [Self; 16] = [
        Self::Comparing,
        Self::Reading,
        Self::Contents,
        Self::Pictures,
        Self::Guide,
        Self::Maps,
        Self::Templates,
        Self::Texts,
        Self::Values,
        Self::Outputs,
        Self::Pages,
        Self::Hosting,
        Self::Publishing,
        Self::Checks,
        Self::Links,
        Self::Waiting,
    ];

    /// What is being done.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Comparing => text!("porównuję z poprzednią budową", "comparing with the last build"),
            Self::Reading => text!("czytam pliki", "reading files"),
            Self::Contents => text!("porządkuję strony", "putting pages in order"),
            Self::Pictures => text!("zmniejszam obrazy", "making pictures smaller"),
            Self::Guide => text!("sprawdzam przewodnik", "checking the guide"),
            Self::Maps => text!("rysuję mapy", "drawing maps"),
            Self::Templates => text!("czytam szablony", "reading templates"),
            Self::Texts => text!("układam teksty", "setting texts"),
            Self::Values => text!("przygotowuję strony", "preparing pages"),
            Self::Outputs => text!("układam spis plików", "listing outputs"),
            Self::Pages => text!("składam strony", "making pages"),
            Self::Hosting => text!("przygotowuję pliki dla serwera", "making files for servers"),
            Self::Publishing => text!("podmieniam witrynę", "putting the site in place"),
            Self::Checks => text!("sprawdzam strony", "checking pages"),
            Self::Links => text!("pytam inne witryny o odnośniki", "asking other sites about links"),
            Self::Waiting => {
                text!(
                    "czekam na inną hutę, która zapisuje ten folder",
                    "waiting for another huta that writes this folder"
                )
            }
        }
    }
}

/// Where a build tells what it is busy with; copies tell the same.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    stage: Arc<AtomicUsize>,
    profile: Profile,
}

impl Progress {
    /// One that also tells a profile.
    #[must_use]
    pub fn profiled(profile: Profile) -> Self {
        Self { profile, ..Self::default() }
    }

    /// Says what is done from now on.
    pub fn set(&self, stage: Stage) {
        let at = Stage::ALL.iter().position(|other| *other == stage).unwrap_or_default();
        self.stage.store(at, Ordering::Relaxed);
        self.profile.stage(|| stage.name());
    }

    /// What is being done now.
    #[must_use]
    pub fn stage(&self) -> Stage {
        Stage::ALL[self.stage.load(Ordering::Relaxed).min(Stage::ALL.len() - 1)]
    }

    /// Where the time is recorded.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_tell_the_same() {
        let progress = Progress::default();
        assert_eq!(progress.stage(), Stage::Comparing);
        for stage in Stage::ALL {
            progress.clone().set(stage);
            assert_eq!(progress.stage(), stage);
        }
    }
}
