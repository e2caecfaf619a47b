//! How digits are parted into groups, which tells a number from a list of counts.

use super::digits::{Script, is_invisible};
use super::otherwise::number;
use super::reading::{Group, Reading};

/// Some groups of a chain, one after the other.
pub(super) struct Shape<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) first: usize,
    pub(super) count: usize,
}

impl<'a> Shape<'a> {
    fn groups(&self) -> &'a [Group] {
        &self.reading.groups[self.first..self.first + self.count]
    }

    /// What is seen between the groups, from left to right.
    fn gaps(&self) -> impl Iterator<Item = &'a [char]> + use<'a> {
        let reading = self.reading;
        let gaps = self.first..self.first + self.count - 1;
        gaps.map(move |group| reading.between(group))
            .filter(|gap| !gap.iter().all(|c| is_invisible(*c)))
    }

    /// The lengths of the pieces without so many digits in front. Groups that touch are one piece, however they are written.
    pub(super) fn lengths(&self, mut without: usize) -> Vec<usize> {
        let mut lengths = Vec::with_capacity(self.count);
        let mut touches = false;
        for (at, group) in (self.first..).zip(self.groups()) {
            let rest = group.len().saturating_sub(without);
            without = without.saturating_sub(group.len());
            match lengths.last_mut() {
                Some(piece) if touches => *piece += rest,
                _ if rest > 0 => lengths.push(rest),
                _ => {}
            }
            touches = at + 1 < self.first + self.count
                && self.reading.between(at).iter().all(|c| is_invisible(*c));
        }
        lengths
    }

    pub(super) fn is_otherwise(&self) -> bool {
        self.groups().iter().any(|group| group.otherwise)
    }

    pub(super) fn in_address(&self) -> bool {
        self.groups().iter().any(|group| group.in_address)
    }

    /// Whether somebody parted one number like that, and did not list several: the gaps are no list's, or the lengths are
    /// those in which people say a number, or a group begins with a zero, as no count does.
    pub(super) fn is_parted(&self, lengths: &[usize]) -> bool {
        if !self.is_list() {
            return true;
        }
        let alone = !self.goes_on();
        let usual = matches!(
            lengths,
            [3, 3, 5]
                | [5, 6]
                | [4, 4, 3]
                | [4, 7]
                | [6, 5]
                | [3, 5, 3]
                | [3, 4, 2, 2]
                | [3, 2, 2, 4]
                | [1, 3, 3, 4]
        );
        let spaces = self.gaps().all(|gap| gap.iter().all(|c| c.is_whitespace()));
        let ones = lengths.iter().all(|length| *length == 1);
        let twos = matches!(lengths, [2, 2, 2, 2, 2, 1] | [1, 2, 2, 2, 2, 2]) && !self.rises();
        let few = lengths.len() <= 3;
        let zero = self.groups()[1..].iter().enumerate().any(|(at, group)| {
            group.len() > 1 && self.reading.digits_of(self.first + 1 + at)[0] == 0
        });
        alone && (usual || ones || zero || (spaces && (twos || few)))
    }

    /// Whether commas, spaces, line breaks or signs of a sum come between half of the groups, or between all in turn with
    /// one other sign.
    fn is_list(&self) -> bool {
        let gaps: Vec<_> = self.gaps().collect();
        let (one, other) = (gaps.first(), gaps.get(1).or(gaps.first()));
        let regular = gaps
            .iter()
            .enumerate()
            .all(|(at, gap)| Some(gap) == if at % 2 == 0 { one } else { other });
        let listing = gaps.iter().filter(|gap| is_listing(gap)).count();
        listing > 0 && (regular || listing * 2 >= gaps.len())
    }

    /// Whether the list has more members than these groups, written alike.
    fn goes_on(&self) -> bool {
        let groups = &self.reading.groups;
        let last = self.first + self.count - 1;
        let script = groups[self.first].script;
        let before = self.first > 0 && {
            let before = &groups[self.first - 1];
            before.joined && before.script == script && self.lists_at(self.first - 1)
        };
        let after = groups[last].joined
            && groups.get(last + 1).is_some_and(|next| next.script != Script::Check)
            && self.lists_at(last);
        before || after
    }

    /// Whether the same sign stands between all groups.
    pub(super) fn is_parted_by_one(&self) -> bool {
        let mut gaps = self.gaps();
        let first = gaps.next();
        gaps.all(|gap| Some(gap) == first)
    }

    /// Whether each group but the last is a larger number than the one before.
    fn rises(&self) -> bool {
        let value = |group: usize| number(self.reading.digits_of(group));
        (self.first + 1..self.first + self.count - 1).all(|group| value(group - 1) < value(group))
    }

    fn lists_at(&self, group: usize) -> bool {
        is_listing(self.reading.between(group))
    }

    /// Two round amounts, the second larger, and the sign of a range between them.
    pub(super) fn is_range(&self) -> bool {
        if self.count != 2 || self.first + 1 >= self.reading.groups.len() {
            return false;
        }
        let (low, high) =
            (self.reading.digits_of(self.first), self.reading.digits_of(self.first + 1));
        let sign = self.gaps().all(|gap| !gap.is_empty() && gap.iter().all(|c| ranges(*c)));
        let amounts = low[0] != 0 && high[0] != 0 && number(low) < number(high);
        sign && amounts && low.ends_with(&[0, 0]) && high.ends_with(&[0, 0])
    }

    /// Whether letters and a hyphen stand in front, or a letter behind: `XS-13-2022-00123`, `1637-6540-298A`.
    pub(super) fn touches_letters(&self) -> bool {
        let (first, last) = (&self.groups()[0], &self.groups()[self.count - 1]);
        let before = &self.reading.characters[..first.characters.start];
        let behind = self.reading.characters.get(last.characters.end);
        matches!(before, [.., letter, '-' | '_' | '/'] if letter.is_ascii_alphabetic())
            || behind.is_some_and(char::is_ascii_alphabetic)
    }

    /// In one piece, or parted into area, birth and the rest.
    pub(super) fn is_old_identity(&self) -> bool {
        matches!(self.lengths(0).as_slice(), [15] | [6, 6, 3] | [6, 9] | [12, 3] | [6, 2, 2, 2, 3])
    }

    /// In one piece, in fours, behind the issuer's six, one by one, or in a few pieces that are no list.
    pub(super) fn is_card(&self) -> bool {
        let lengths = self.lengths(0);
        let fours = lengths[..lengths.len() - 1].iter().all(|length| *length == 4)
            && lengths[lengths.len() - 1] <= 4;
        lengths.len() == 1
            || fours
            || lengths[0] == 6
            || lengths.iter().all(|length| *length == 1)
            || (lengths.len() <= 6 && !self.is_list())
    }
}

fn is_listing(gap: &[char]) -> bool {
    let lists = |c: &char| c.is_whitespace() || matches!(c, ',' | '、' | ';' | '|' | '+' | '=');
    !gap.is_empty() && gap.iter().all(lists)
}

fn ranges(character: char) -> bool {
    matches!(character, '-' | '~' | '〜' | '～' | '―' | ' ')
}
