//! Bytes into samples.

/// Pairs bytes into 16-bit little-endian samples. A pipe cuts where it likes,
/// so a read may end in the middle of a sample: its first byte is carried over
/// to the next read.
#[derive(Debug, Default)]
pub struct Pairing {
    odd: Option<u8>,
}

impl Pairing {
    /// The samples that these bytes complete.
    pub fn samples(&mut self, mut bytes: &[u8]) -> Vec<i16> {
        let mut samples = Vec::with_capacity(bytes.len() / 2 + 1);
        if let (Some(low), [high, rest @ ..]) = (self.odd, bytes) {
            samples.push(i16::from_le_bytes([low, *high]));
            self.odd = None;
            bytes = rest;
        }
        let pairs = bytes.chunks_exact(2);
        if let [odd] = pairs.remainder() {
            self.odd = Some(*odd);
        }
        samples
            .extend(pairs.map(|pair| i16::from_le_bytes([pair[0], pair[1]])));
        samples
    }
}

/// How far the loudest of the samples is from silence: 0 to 32,768.
pub fn peak(samples: &[i16]) -> u16 {
    samples
        .iter()
        .map(|sample| sample.unsigned_abs())
        .max()
        .unwrap_or(0)
}

/// A peak in decibels below full scale, 0 being as loud as 16 bits can say.
/// Silence is minus infinity.
pub fn decibels(peak: u16) -> f64 {
    20.0 * (f64::from(peak) / 32_768.0).log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_cut_in_two_is_put_together_again() {
        let bytes: Vec<u8> = (0..=255).collect();
        let whole = Pairing::default().samples(&bytes);
        for size in 1..=bytes.len() {
            let mut pairing = Pairing::default();
            let chunks = bytes.chunks(size);
            let samples: Vec<i16> =
                chunks.flat_map(|chunk| pairing.samples(chunk)).collect();
            assert_eq!(samples, whole, "in chunks of {size} bytes");
        }
    }

    #[test]
    fn the_lowest_sample_has_a_peak_too() {
        assert_eq!(peak(&[5, i16::MIN, -7]), 32_768);
        assert_eq!(decibels(32_768), 0.0);
        assert_eq!(peak(&[]), 0);
    }
}
