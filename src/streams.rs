//! Random streams: every decision has its own address, and its numbers depend on nothing else.
//!
//! The generator is Threefry-2x64-20 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random
//! numbers: as easy as 1, 2, 3"): a named, published, portable function from a key and a counter
//! to 128 random bits. The key is (seed, run); the counter *is* the address of the decision.
//! Addresses are packed without overlap, so two decisions never share a number, and removing one
//! decision moves no other: twin worlds differ only by consequences.
//!
//! ```
//! use rppsim::streams::{Process, SeatKey, Streams};
//! let streams = Streams::new(1, 500, 0); // seed 1, run 500, partnership 0
//! let (director, dean) = (SeatKey::of("director"), SeatKey::of("dean"));
//! let here = streams.at(Process::Attendance).month(3).meeting(0).seat(director);
//! assert_eq!(here.uniform(), streams.at(Process::Attendance).month(3).seat(director).uniform());
//! assert_ne!(here.uniform(), here.seat(dean).uniform());
//! ```

use rand::TryRng;
use serde::{Deserialize, Serialize};
use std::convert::Infallible;

/// What is being decided. A tag is never reused for another decision, also not across versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[non_exhaustive]
pub enum Process {
    /// A scenario number that is a distribution, drawn once per run by name.
    Number = 1,
    /// What a newly seated person holds.
    Person = 2,
    /// Whether a holder leaves.
    Departure = 3,
    /// Whether a vacancy is filled.
    Filling = 4,
    /// Whether the successor comes from within.
    Succession = 5,
    /// Which colleague moves up.
    Promotion = 6,
    /// Whether a team member attends.
    Attendance = 7,
    /// How many episodes a meeting holds.
    EpisodeCount = 8,
    /// Who initiates an episode.
    Initiator = 9,
    /// Which organization the initiator has in mind.
    InMind = 10,
    /// Whether the initiator raises roles.
    Agenda = 11,
    /// Whether agenda talk is substantive.
    Substance = 12,
    /// How many contributions an episode holds.
    ContributionCount = 13,
    /// Whether a contribution is about roles.
    AboutRoles = 14,
    /// Who speaks.
    Speaker = 15,
    /// What kind of contribution is made.
    Kind = 16,
    /// From which of their mixes a speaker draws.
    Source = 17,
    /// Which role a speaker names.
    Claim = 18,
    /// Whether a role episode ends in a demand, and of which kind.
    Demand = 19,
    /// Whether a coder misreads an episode.
    Coding = 20,
    /// Whether a request is made.
    Request = 21,
    /// Who makes a request.
    Requester = 22,
    /// Which role is requested, and whether it is accepted.
    Requested = 23,
    /// Which role an act enacts and whether it can be seen.
    Act = 24,
    /// Who sees an act.
    Onlooker = 25,
    /// Whether two colleagues talk informally.
    Contact = 26,
    /// Which colleague is met.
    Colleague = 27,
    /// Whether a partnership is renewed.
    Renewal = 28,
    /// Who is interviewed, and when.
    Interview = 29,
    /// How a shipped rival theory decides.
    Rival = 30,
    /// Which parameters a search tries next.
    Candidate = 31,
    /// The coin of the benchmark of independent episodes.
    Benchmark = 32,
    /// Where the points of an experimental design lie.
    Design = 33,
    /// Which observations a bootstrap takes.
    Bootstrap = 34,
    /// Whom a coordinator or a listening session reaches beyond the team.
    Reached = 35,
    /// Whether somebody meets one of another organization.
    Acquaintance = 36,
    /// Whom they meet.
    Counterpart = 37,
    /// Whether a review catches what would be a breach.
    Review = 38,
    /// Whether a grant is followed by another.
    Refunding = 39,
    /// Whom a policy reaches in a world of many partnerships.
    PolicyReach = 40,
    /// Whether an insider answers without content.
    Deferral = 42,
    /// Whether somebody who was not there hears of a settlement.
    Hearsay = 43,
    /// Which roles an interviewed leader names.
    Naming = 44,
    /// Whether an organization gives up.
    GivingUp = 45,
    /// Who is awarded a grant there.
    Award = 41,
}

/// Where the numbers of one run of one partnership come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Streams {
    key: [u64; 2],
    partnership: u32,
}

impl Streams {
    /// The streams of one run. `partnership` counts from 0.
    ///
    /// # Panics
    /// If it is not below 2²⁴: an address holds no more.
    pub fn new(seed: u64, run: u64, partnership: u32) -> Self {
        assert!(partnership < 1 << 24, "partnership {partnership} has no address of its own");
        Streams::of(seed, run, partnership)
    }

    /// The same for a partnership that is known to be below 2²⁴.
    pub(crate) fn of(seed: u64, run: u64, partnership: u32) -> Self {
        Streams { key: [seed, run], partnership }
    }

    /// The first address of a process; say month, meeting, seat … on it.
    pub fn at(&self, process: Process) -> Draw {
        let counter = [(process as u64) << 56, u64::from(self.partnership) << 40];
        Draw { key: self.key, counter, seat: 0 }
    }

    /// The address of a quantity known by name, such as `shock.second.month`: adding or removing
    /// another named quantity, or writing them in another order, changes nothing here.
    pub fn named(&self, process: Process, name: &str) -> Draw {
        let place = u64::from(self.partnership) << 16;
        let counter = [((process as u64) << 56) | place, fnv1a(name)];
        Draw { key: self.key, counter, seat: 0 }
    }
}

/// The address of a seat: a hash of its name, so that a seat keeps its numbers when others are
/// added, removed or written in another order.
///
/// `office.1` is the address of `office`: the first of several seats is the one that stood alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SeatKey(u64);

impl SeatKey {
    /// The address of the seat with this name.
    pub fn of(name: &str) -> Self {
        // Mixed, so that a seat and another quantity of the same name have different addresses.
        SeatKey(mix(fnv1a(Self::first_of(name))))
    }

    /// The name without the number of the first of several.
    pub(crate) fn first_of(name: &str) -> &str {
        name.strip_suffix(".1").unwrap_or(name)
    }
}

/// The address of one decision, and the numbers that stand there. A number too large for its field
/// has no address: it panics with debug assertions, and is cut off without them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draw {
    key: [u64; 2],
    // process 8 | month 16 | meeting 8 | episode 8 | contribution 8 | attempt 16,
    // partnership 24 | place 16 | holder 12 | item 12; a seat's hash is laid over the second word
    counter: [u64; 2],
    seat: u64,
}

impl Draw {
    fn field(mut self, word: usize, shift: u32, bits: u32, value: u64) -> Self {
        let mask = (1u64 << bits) - 1;
        debug_assert!(value <= mask, "address field overflows");
        self.counter[word] = (self.counter[word] & !(mask << shift)) | ((value & mask) << shift);
        self
    }

    /// The month, from 1; below 2¹⁶.
    pub fn month(self, month: u32) -> Self {
        self.field(0, 40, 16, u64::from(month))
    }

    /// The meeting of the month, from 0; below 256.
    pub fn meeting(self, meeting: u32) -> Self {
        self.field(0, 32, 8, u64::from(meeting))
    }

    /// The episode of the meeting, from 0; below 256.
    pub fn episode(self, episode: u32) -> Self {
        self.field(0, 24, 8, u64::from(episode))
    }

    /// The contribution to the episode, from 0; below 256.
    pub fn contribution(self, contribution: u32) -> Self {
        self.field(0, 16, 8, u64::from(contribution))
    }

    /// The seat.
    pub fn seat(self, seat: SeatKey) -> Self {
        Draw { seat: seat.0, ..self }
    }

    /// A place in a list, from 0; below 2¹⁶.
    pub fn place(self, place: usize) -> Self {
        self.field(1, 24, 16, place as u64)
    }

    /// Which holder of the seat, from 0; counted modulo 4096.
    pub fn holder(self, holder: u32) -> Self {
        self.field(1, 12, 12, u64::from(holder & 0xfff))
    }

    /// Anything else that is numbered: an organization, a project, an act; below 4096.
    pub fn item(self, item: usize) -> Self {
        self.field(1, 0, 12, item as u64)
    }

    fn attempt(self, attempt: u64) -> Self {
        self.field(0, 0, 16, attempt & 0xffff)
    }

    #[inline]
    fn words(&self) -> [u64; 2] {
        #[cfg(test)]
        if let Some(words) = in_one_stream::next() {
            return words;
        }
        threefry2x64(self.key, [self.counter[0], self.counter[1] ^ self.seat])
    }

    /// A uniform number in the open interval (0, 1).
    pub fn uniform(&self) -> f64 {
        open_unit(self.words()[0])
    }

    /// Two independent uniform numbers; the first is [`Draw::uniform`].
    #[inline]
    pub fn pair(&self) -> (f64, f64) {
        let [a, b] = self.words();
        (open_unit(a), open_unit(b))
    }

    /// True with probability `p`: never at 0, always at 1, and then nothing is drawn.
    pub fn chance(&self, p: f64) -> bool {
        p >= 1.0 || (p > 0.0 && self.uniform() < p)
    }

    /// One of the candidates in proportion to their weights, or `None` if none weighs anything.
    /// Each candidate says what is chosen, at which seat, and its weight.
    ///
    /// A race: every candidate has a waiting time of its own, exponential with its weight as rate,
    /// and the first is chosen. So a change at one seat, or one more seat, changes only the choices
    /// that fall on it; a cumulative sum would shift everybody's. The waiting times come from one
    /// word of the generator, mixed with the address of each seat.
    pub fn choose<T>(&self, candidates: impl IntoIterator<Item = (T, SeatKey, f64)>) -> Option<T> {
        let [word, _] = self.words();
        let mut first: Option<(f64, T)> = None;
        for (candidate, seat, weight) in candidates {
            if weight.is_nan() || weight <= 0.0 {
                continue;
            }
            let u = open_unit(mix(word ^ seat.0));
            let best = first.as_ref().map_or(f64::INFINITY, |(time, _)| *time);
            // −ln u is at least 1 − u: most losers are known without a logarithm.
            if 1.0 - u >= best * weight {
                continue;
            }
            let time = -libm::log(u) / weight;
            if time < best {
                first = Some((time, candidate));
            }
        }
        first.map(|(_, candidate)| candidate)
    }

    /// One of the candidates, each as likely as the others: as [`Draw::choose`] with equal weights,
    /// without its logarithms.
    pub fn choose_alike<T>(&self, candidates: impl IntoIterator<Item = (T, SeatKey)>) -> Option<T> {
        let [word, _] = self.words();
        let mut first: Option<(u64, T)> = None;
        for (candidate, seat) in candidates {
            let luck = mix(word ^ seat.0);
            if first.as_ref().is_none_or(|(most, _)| luck > *most) {
                first = Some((luck, candidate));
            }
        }
        first.map(|(_, candidate)| candidate)
    }

    /// The place of one of these seats but one of them, each as likely as the others: the choice
    /// that [`Draw::choose_alike`] makes among them.
    pub(crate) fn one_but(&self, seats: &[SeatKey], but: usize) -> Option<usize> {
        let [word, _] = self.words();
        let mut first: Option<(u64, usize)> = None;
        // The last step of the mixing leaves the upper bits as they are: below these of the most
        // so far, nobody is chosen.
        let mut floor = 0;
        for (from, seats) in [(0, &seats[..but]), (but + 1, &seats[but + 1..])] {
            for (at, seat) in seats.iter().enumerate() {
                let luck = half_mixed(word ^ seat.0);
                if luck < floor {
                    continue;
                }
                let luck = luck ^ (luck >> 31);
                if first.is_none_or(|(most, _)| luck > most) {
                    first = Some((luck, from + at));
                    floor = luck & (u64::MAX << 33);
                }
            }
        }
        first.map(|(_, place)| place)
    }

    /// A generator that starts here, for samplers that take an unknown number of draws.
    pub fn open(&self) -> Stream {
        Stream { at: *self, attempt: 0, spare: None }
    }
}

/// A sequence of numbers opened at one address; implements [`rand::Rng`], so every distribution
/// of `rand_distr` can be drawn from it.
#[derive(Clone, Debug)]
pub struct Stream {
    at: Draw,
    attempt: u64,
    spare: Option<u64>,
}

impl Stream {
    fn word(&mut self) -> u64 {
        if let Some(word) = self.spare.take() {
            return word;
        }
        let [a, b] = self.at.attempt(self.attempt).words();
        self.attempt += 1;
        self.spare = Some(b);
        a
    }

    /// The next uniform number in (0, 1).
    pub fn uniform(&mut self) -> f64 {
        open_unit(self.word())
    }
}

impl TryRng for Stream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.word() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.word())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.word().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

fn open_unit(word: u64) -> f64 {
    ((word >> 12) as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
}

/// FNV-1a, 64 bits: names are few and short, and only have to differ.
fn fnv1a(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Every bit of the result depends on every bit of the word (the finalizer of SplitMix64; Steele,
/// Lea and Flood 2014, "Fast splittable pseudorandom number generators").
fn mix(word: u64) -> u64 {
    let word = half_mixed(word);
    word ^ (word >> 31)
}

/// All but the last step of it.
fn half_mixed(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb)
}

fn threefry2x64(key: [u64; 2], counter: [u64; 2]) -> [u64; 2] {
    const ROTATIONS: [u32; 8] = [16, 42, 12, 31, 16, 32, 24, 21];
    let schedule = [key[0], key[1], key[0] ^ key[1] ^ 0x1bd1_1bda_a9fc_1a22];
    let mut a = counter[0].wrapping_add(schedule[0]);
    let mut b = counter[1].wrapping_add(schedule[1]);
    for group in 0..5 {
        for round in 0..4 {
            a = a.wrapping_add(b);
            b = b.rotate_left(ROTATIONS[(4 * group + round) % 8]) ^ a;
        }
        let injection = group + 1;
        a = a.wrapping_add(schedule[injection % 3]);
        b = b.wrapping_add(schedule[(injection + 1) % 3]).wrapping_add(injection as u64);
    }
    [a, b]
}

/// What a usual generator does, for tests that compare with it: one sequence of numbers a run,
/// taken in whatever order the decisions happen to ask.
#[cfg(test)]
pub(crate) mod in_one_stream {
    use std::cell::Cell;

    thread_local! {
        static AT: Cell<Option<([u64; 2], u64)>> = const { Cell::new(None) };
    }

    /// Everything that `what` decides on this thread comes from one stream of this seed and run.
    pub fn of<T>(seed: u64, run: u64, what: impl FnOnce() -> T) -> T {
        AT.set(Some(([seed, run], 0)));
        let done = what();
        AT.set(None);
        done
    }

    pub(super) fn next() -> Option<[u64; 2]> {
        let (key, taken) = AT.get()?;
        AT.set(Some((key, taken + 1)));
        Some(super::threefry2x64(key, [taken, 0]))
    }
}

#[cfg(test)]
mod tests;
