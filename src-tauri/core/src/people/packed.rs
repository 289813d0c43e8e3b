//! Who told each fact of a person, in the few bytes that stand beside the values: the stamps, the stamp of each fact that
//! is shown, and what is known but not shown. A usual person, told of by one page, takes 31 bytes.

use super::fact::{Fact, FactSource, Stamp, Told};
use super::merge::Spot;

/// The first byte. How many facts follow depends on it: before [`Fact::Functions`] there were fewer.
const LAYOUT: u8 = 2;
const LAYOUT_WITHOUT_FUNCTIONS: u8 = 1;
/// Of a fact that nobody told.
const UNTOLD: u64 = 0;

/// The stamps of what is shown, and all that is not.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Stamps {
    pub shown: [Option<Stamp>; Fact::COUNT],
    pub aside: Vec<(Spot, Told)>,
}

impl Stamps {
    pub fn pack(&self) -> Vec<u8> {
        let mut known: Vec<Stamp> = Vec::new();
        let mut number = |stamp: Stamp| {
            let at = known.iter().position(|one| *one == stamp).unwrap_or_else(|| {
                known.push(stamp);
                known.len() - 1
            });
            at as u64 + 1
        };
        let mut rest = Vec::new();
        for stamp in self.shown {
            put(&mut rest, stamp.map_or(UNTOLD, &mut number));
        }
        for (spot, told) in &self.aside {
            rest.push(spot.fact as u8);
            put(&mut rest, number(told.stamp));
            put_text(&mut rest, &spot.beside);
            put_text(&mut rest, &told.value);
        }
        let mut packed = vec![LAYOUT];
        put(&mut packed, known.len() as u64);
        for stamp in known {
            packed.push(stamp.source as u8);
            packed.extend_from_slice(&stamp.at_ms.to_le_bytes());
        }
        packed.extend_from_slice(&rest);
        packed
    }

    /// None for what [`Self::pack`] did not write.
    pub fn unpack(packed: &[u8]) -> Option<Self> {
        let mut rest = Reader(packed);
        let facts = facts(rest.byte()?)?;
        let mut known = Vec::new();
        for _ in 0..rest.number()? {
            let source = FactSource::from_number(rest.byte()?)?;
            known.push(Stamp { source, at_ms: i64::from_le_bytes(rest.take(8)?.try_into().ok()?) });
        }
        let stamp = |number: u64| known.get(usize::try_from(number).ok()?.checked_sub(1)?).copied();
        let mut stamps = Self::default();
        for shown in stamps.shown.iter_mut().take(facts) {
            let number = rest.number()?;
            *shown = if number == UNTOLD { None } else { Some(stamp(number)?) };
        }
        while !rest.0.is_empty() {
            let fact = Fact::from_number(rest.byte()?)?;
            let stamp = stamp(rest.number()?)?;
            let (beside, value) = (rest.text()?, rest.text()?);
            stamps.aside.push((Spot { fact, beside }, Told { stamp, value }));
        }
        Some(stamps)
    }
}

/// How many facts stand in a layout; none for what is no layout.
fn facts(layout: u8) -> Option<usize> {
    match layout {
        LAYOUT => Some(Fact::COUNT),
        LAYOUT_WITHOUT_FUNCTIONS => Some(Fact::Functions as usize),
        _ => None,
    }
}

/// When the newest of all facts was told; none for what [`Stamps::pack`] did not write, or when nothing was told.
pub fn newest_ms(packed: &[u8]) -> Option<i64> {
    let mut rest = Reader(packed);
    facts(rest.byte()?)?;
    let mut newest = None;
    for _ in 0..rest.number()? {
        rest.byte()?;
        newest = newest.max(Some(i64::from_le_bytes(rest.take(8)?.try_into().ok()?)));
    }
    newest
}

/// Seven bits a byte, the least first; the eighth says that more follow.
fn put(to: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

fn put_text(to: &mut Vec<u8>, text: &str) {
    put(to, text.len() as u64);
    to.extend_from_slice(text.as_bytes());
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|taken| taken[0])
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn stamp() -> impl Strategy<Value = Stamp> {
        (prop::sample::select(&FactSource::ALL[..]), -5..5_i64)
            .prop_map(|(source, at_ms)| Stamp { source, at_ms: at_ms * 1_795_392_000_000 })
    }

    fn stamps() -> impl Strategy<Value = Stamps> {
        let aside = (prop::sample::select(&Fact::ALL[..]), "\\PC{0,9}", stamp(), "\\PC{0,200}")
            .prop_map(|(fact, beside, stamp, value)| (Spot { fact, beside }, Told { stamp, value }));
        let shown = prop::array::uniform20(prop::option::of(stamp()));
        (shown, prop::collection::vec(aside, 0..4)).prop_map(|(shown, aside)| Stamps { shown, aside })
    }

    proptest! {
        #[test]
        fn what_is_packed_is_read_back(stamps in stamps()) {
            let all = stamps.shown.iter().flatten().chain(stamps.aside.iter().map(|(_, told)| &told.stamp));
            prop_assert_eq!(newest_ms(&stamps.pack()), all.map(|stamp| stamp.at_ms).max());
            prop_assert_eq!(Stamps::unpack(&stamps.pack()), Some(stamps));
        }

        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..80), stamps in stamps(), cut in 0..200_usize) {
            let _ = (Stamps::unpack(&bytes), newest_ms(&bytes));
            let packed = stamps.pack();
            let _ = Stamps::unpack(&packed[..cut.min(packed.len())]);
        }
    }

    #[test]
    fn a_usual_person_takes_31_bytes() {
        let shown = [Some(Stamp::new(FactSource::Search, 1_795_392_000_000)); Fact::COUNT];
        assert_eq!(Stamps { shown, aside: Vec::new() }.pack().len(), 31);
    }

    #[test]
    fn what_was_packed_before_there_were_functions_is_read() {
        let one = Stamp::new(FactSource::Search, 1_795_392_000_000);
        let mut shown = [Some(one); Fact::COUNT];
        shown[Fact::Functions as usize] = None;
        let aside = vec![(
            Spot { fact: Fact::City, beside: "austria".to_owned() },
            Told { stamp: one, value: "Wien".to_owned() },
        )];
        let stamps = Stamps { shown, aside };
        let mut packed = stamps.pack();
        packed[0] = LAYOUT_WITHOUT_FUNCTIONS;
        // Behind layout, count, source and moment.
        packed.remove(2 + 9 + Fact::Functions as usize);
        assert_eq!((newest_ms(&packed), Stamps::unpack(&packed)), (Some(one.at_ms), Some(stamps)));
    }
}
