//! What an original may cost: bytes, pixels, memory.

use std::sync::{Condvar, Mutex, PoisonError};

use crate::diagnostic::Text;
use crate::text;

/// Most bytes an original may have: a JPEG of 100 megapixels straight from a camera has some 50 MB.
pub const MOST_BYTES: u64 = 100_000_000;

/// Most pixels an original may have: the largest sensors in phones have 108 or 200 million, and give 12 to 50 by default.
pub const MOST_PIXELS: u64 = 120_000_000;

/// Most bytes that decoding one original may take.
pub(super) const MOST_MEMORY: u64 = 400_000_000;

/// Bytes that all originals being decoded at one moment may take together; a larger one is decoded alone.
const TOGETHER: u64 = 250_000_000;

/// Whether a file is small enough to be read at all.
pub(super) fn check_bytes(bytes: u64) -> Result<(), Text> {
    if bytes <= MOST_BYTES {
        return Ok(());
    }
    let (megabytes, most) = (bytes / 1_000_000, MOST_BYTES / 1_000_000);
    Err(text!("plik ma {megabytes} MB, a może mieć {most}", "the file has {megabytes} MB; it may have {most}"))
}

/// Whether a picture is small enough to be decoded, by the size its file claims.
pub(super) fn check_pixels(width: u32, height: u32) -> Result<(), Text> {
    if u64::from(width) * u64::from(height) <= MOST_PIXELS {
        return Ok(());
    }
    let most = MOST_PIXELS / 1_000_000;
    Err(text!(
        "obraz ma {width} × {height} pikseli, a może mieć {most} milionów",
        "the picture has {width} × {height} pixels; it may have {most} million"
    ))
}

/// Memory shared by everybody who decodes: whoever asks for more than is left waits.
#[derive(Debug, Default)]
pub(super) struct Budget {
    used: Mutex<u64>,
    freed: Condvar,
}

/// A part of a [`Budget`] until it is dropped.
pub(super) struct Share<'b> {
    budget: &'b Budget,
    bytes: u64,
}

impl Budget {
    /// Waits until `bytes` are free, or until nobody else has any.
    pub(super) fn share(&self, bytes: u64) -> Result<Share<'_>, Text> {
        if bytes > MOST_MEMORY {
            let (needs, most) = (bytes / 1_000_000, MOST_MEMORY / 1_000_000);
            return Err(text!(
                "jego odczytanie zajęłoby {needs} MB pamięci, a może zająć {most}",
                "reading it would take {needs} MB of memory; it may take {most}"
            ));
        }
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while *used > 0 && *used + bytes > TOGETHER {
            used = self.freed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        *used += bytes;
        Ok(Share { budget: self, bytes })
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *self.budget.used.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.budget.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_one_waits_for_the_others() {
        let budget = Budget::default();
        let small = budget.share(1000).unwrap();
        std::thread::scope(|scope| {
            let large = scope.spawn(|| drop(budget.share(TOGETHER).unwrap()));
            std::thread::sleep(std::time::Duration::from_millis(20));
            assert!(!large.is_finished());
            drop(small);
            large.join().unwrap();
        });
        assert!(budget.share(MOST_MEMORY + 1).is_err());
        assert_eq!(*budget.used.lock().unwrap(), 0);
    }
}
