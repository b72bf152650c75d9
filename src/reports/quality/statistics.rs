//! What first answers tell of a question: how many are right, within which interval, and whether those who know the rest know it
//! too. Pure: whole numbers come in, so that nothing is lost in adding up.

/// The half-width of an interval of 95 %, in standard deviations.
const Z: f64 = 1.959_963_984_540_054;

/// A question is marked above so many per cent right: it teaches nothing.
pub(super) const EASY: i64 = 97;
/// A question is marked below so many per cent right: it is unclear, or its key is wrong.
pub(super) const HARD: i64 = 40;
/// A question is marked below this discrimination: it says little about who knows the rest.
const WEAK: f64 = 0.2;
/// A wrong answer is marked that fewer than so many per cent choose.
const DEAD: i64 = 5;

/// The first answers to one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub answers: i64,
    /// Those that are wholly right.
    pub right: i64,
    /// Those of people who answered everything beside it, if they are enough.
    pub pairs: Option<Pairs>,
    /// How many chose each answer, by its place.
    pub chosen: Vec<i64>,
}

/// Sums over people: whether they have the question right (0 or 1), and how much of the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    pub people: i64,
    pub right: i64,
    pub rest: i64,
    pub rest_squared: i64,
    /// The rest of those who have the question right.
    pub both: i64,
}

/// A share of answers with the interval that holds the true one in 95 of 100 cases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share {
    pub share: f64,
    pub low: f64,
    pub high: f64,
}

/// What an author should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    /// Nearly everybody is right: it teaches nothing.
    Easy,
    /// Few are right: it is unclear, or the wrong answer is marked right.
    Hard,
    /// Those who know the rest have it wrong more often than others: the wrong answer may be marked right.
    Suspect,
    /// It says little about who knows the rest.
    Weak,
    /// Hardly anybody chooses some wrong answer.
    Dead,
}

impl Flag {
    /// Its name in files and message keys.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Hard => "hard",
            Self::Suspect => "suspect",
            Self::Weak => "weak",
            Self::Dead => "dead",
        }
    }

    /// All of them, the gravest first.
    pub(super) const ALL: [Self; 5] = [Self::Suspect, Self::Hard, Self::Weak, Self::Easy, Self::Dead];
}

/// A whole number as one that can be divided; exact below 2^53, which no count reaches.
const fn number(count: i64) -> f64 {
    count as f64
}

/// Part of a whole that is not empty, as a share of 1.
pub(super) fn part_of(part: i64, whole: i64) -> f64 {
    number(part) / number(whole.max(1))
}

/// The share with its Wilson interval (E. B. Wilson, 1927), which keeps within 0 and 1 also near its ends.
pub(super) fn wilson(part: i64, whole: i64) -> Share {
    let (share, n) = (part_of(part, whole), number(whole.max(1)));
    let middle = share + Z * Z / (2.0 * n);
    let reach = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    Share { share, low: ((middle - reach) / scale).clamp(0.0, share), high: ((middle + reach) / scale).clamp(share, 1.0) }
}

/// The corrected point-biserial correlation: of having this right with how much of the rest one has right. None where either
/// is the same for everybody.
pub(super) fn discrimination(pairs: &Pairs) -> Option<f64> {
    let Pairs { people, right, rest, rest_squared, both } = *pairs;
    let (of_right, of_rest) = (right * (people - right), people * rest_squared - rest * rest);
    if of_right <= 0 || of_rest <= 0 {
        return None;
    }
    let together = number(people * both - right * rest);
    Some((together / (number(of_right).sqrt() * number(of_rest).sqrt())).clamp(-1.0, 1.0))
}

/// The places of the wrong answers that hardly anybody chooses. `key` says of each answer whether it is right.
pub(super) fn dead(counts: &Counts, key: &[bool]) -> Vec<usize> {
    let chosen = |place: usize| counts.chosen.get(place).copied().unwrap_or(0);
    let wrong = key.iter().enumerate().filter(|(_, right)| !**right);
    wrong.map(|(place, _)| place).filter(|place| chosen(*place) * 100 < DEAD * counts.answers).collect()
}

/// What an author should look at, the gravest first.
pub(super) fn flags(counts: &Counts, key: &[bool]) -> Vec<Flag> {
    let discrimination = counts.pairs.as_ref().and_then(discrimination);
    let holds = |flag: &Flag| match flag {
        Flag::Easy => counts.right * 100 > EASY * counts.answers,
        Flag::Hard => counts.right * 100 < HARD * counts.answers,
        Flag::Suspect => discrimination.is_some_and(|found| found < 0.0),
        Flag::Weak => discrimination.is_some_and(|found| (0.0..WEAK).contains(&found)),
        Flag::Dead => !dead(counts, key).is_empty(),
    };
    Flag::ALL.into_iter().filter(holds).collect()
}

/// The mean of answers, each with how often it was given; none where nobody answered.
pub(super) fn mean(counts: &[(i64, i64)]) -> Option<f64> {
    let people: i64 = counts.iter().map(|(_, count)| count).sum();
    (people > 0).then(|| part_of(counts.iter().map(|(answer, count)| answer * count).sum(), people))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The sums over people, each with whether they have it right and how much of the rest.
    fn pairs(people: &[(bool, i64)]) -> Pairs {
        people.iter().fold(Pairs::default(), |sums, (right, rest)| Pairs {
            people: sums.people + 1,
            right: sums.right + i64::from(*right),
            rest: sums.rest + rest,
            rest_squared: sums.rest_squared + rest * rest,
            both: sums.both + if *right { *rest } else { 0 },
        })
    }

    #[test]
    fn intervals_are_those_of_the_literature() {
        // R. G. Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I, method 3.
        for (part, whole, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = wilson(part, whole);
            assert!((found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5, "{part} of {whole}: {found:?}");
        }
    }

    #[test]
    fn known_correlations_come_out() {
        let of = |people: &[(bool, i64)]| discrimination(&pairs(people));
        let found = of(&[(true, 3), (true, 2), (false, 1), (false, 0)]).expect("is defined");
        assert!((found - 8.0 / 80_f64.sqrt()).abs() < 1e-12, "{found}");
        assert_eq!(of(&[(true, 1), (false, 0)]), Some(1.0));
        assert_eq!(of(&[(true, 0), (false, 1)]), Some(-1.0));
        assert_eq!(of(&[(true, 0), (true, 1), (false, 0), (false, 1)]), Some(0.0));
        assert_eq!(of(&[(true, 1), (true, 0)]), None, "everybody is right");
        assert_eq!(of(&[(true, 2), (false, 2)]), None, "the rest is the same for everybody");
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn marks_are_set_beyond_their_limits_and_not_at_them() {
        let counts = |right, chosen: &[i64], pairs| Counts { answers: 100, right, pairs, chosen: chosen.to_vec() };
        let of = |right, chosen: &[i64], people: &[(bool, i64)]| {
            flags(&counts(right, chosen, (!people.is_empty()).then(|| pairs(people))), &[true, false, false])
        };
        let (good, against) = ([(true, 3), (true, 2), (false, 1), (false, 0)], [(true, 0), (false, 1)]);
        let even = [(true, 0), (true, 1), (false, 0), (false, 1)];
        for (right, chosen, people, wanted) in [
            (90, [90, 5, 5], &good[..], vec![]),
            (97, [97, 5, 5], &good, vec![]),
            (98, [98, 5, 5], &good, vec![Flag::Easy]),
            (40, [40, 30, 30], &good, vec![]),
            (39, [39, 31, 30], &good, vec![Flag::Hard]),
            (90, [90, 5, 4], &good, vec![Flag::Dead]),
            (90, [90, 5, 5], &even, vec![Flag::Weak]),
            (90, [90, 5, 5], &against, vec![Flag::Suspect]),
            (90, [90, 5, 5], &[], vec![]),
            (30, [30, 66, 4], &against, vec![Flag::Suspect, Flag::Hard, Flag::Dead]),
        ] {
            assert_eq!(of(right, &chosen, people), wanted, "{right} {chosen:?}");
        }
        assert_eq!(dead(&counts(90, &[3, 90], None), &[true, false, false]), [2], "nobody chose the third; the right one is no distractor");
    }

    #[test]
    fn the_mean_is_over_people() {
        assert_eq!(mean(&[(1, 1), (5, 3)]), Some(4.0));
        assert_eq!(mean(&[]), None);
    }

    proptest! {
        #[test]
        fn a_share_lies_within_its_interval(whole in 1..100_000_i64, part in 0..=100_000_i64) {
            let found = wilson(part.min(whole), whole);
            prop_assert!(0.0 <= found.low && found.low <= found.share && found.share <= found.high && found.high <= 1.0, "{found:?}");
        }

        #[test]
        fn more_right_answers_move_the_interval_up(whole in 2..10_000_i64, part in 0..10_000_i64) {
            let part = part % whole;
            let (less, more) = (wilson(part, whole), wilson(part + 1, whole));
            prop_assert!(less.low <= more.low && less.high <= more.high, "{less:?} {more:?}");
        }

        #[test]
        fn more_people_make_the_interval_narrower(whole in 1..1_000_i64, part in 0..1_000_i64, times in 2..50_i64) {
            let part = part % (whole + 1);
            let (few, many) = (wilson(part, whole), wilson(part * times, whole * times));
            prop_assert!(many.high - many.low < few.high - few.low, "{few:?} {many:?}");
        }

        #[test]
        fn a_correlation_lies_within_one_and_turns_with_the_key(people in prop::collection::vec((any::<bool>(), 0..40_i64), 0..60)) {
            let found = discrimination(&pairs(&people));
            prop_assert!(found.is_none_or(|found| (-1.0..=1.0).contains(&found)), "{found:?}");
            let turned: Vec<_> = people.iter().map(|(right, rest)| (!right, *rest)).collect();
            let other = discrimination(&pairs(&turned));
            prop_assert_eq!(found.is_none(), other.is_none());
            prop_assert!(found.zip(other).is_none_or(|(found, other)| (found + other).abs() < 1e-9), "{found:?} {other:?}");
        }

        #[test]
        fn a_correlation_is_that_of_the_definition(people in prop::collection::vec((any::<bool>(), 0..40_i64), 2..60)) {
            let n = number(i64::try_from(people.len()).expect("few"));
            let values: Vec<(f64, f64)> = people.iter().map(|(right, rest)| (f64::from(u8::from(*right)), number(*rest))).collect();
            let (x, y) = values.iter().fold((0.0, 0.0), |sums, (x, y)| (sums.0 + x / n, sums.1 + y / n));
            let sum = |of: &dyn Fn(&(f64, f64)) -> f64| values.iter().map(of).sum::<f64>();
            let (xx, yy) = (sum(&|value| (value.0 - x).powi(2)), sum(&|value| (value.1 - y).powi(2)));
            if let Some(found) = discrimination(&pairs(&people)) {
                prop_assert!((found - sum(&|value| (value.0 - x) * (value.1 - y)) / (xx * yy).sqrt()).abs() < 1e-9);
            } else {
                prop_assert!(xx < 1e-9 || yy < 1e-9);
            }
        }

        #[test]
        fn nobody_is_told_of_two_opposites(right in 0..=100_i64, chosen in prop::collection::vec(0..=100_i64, 3)) {
            let found = flags(&Counts { answers: 100, right, pairs: None, chosen }, &[true, false, false]);
            prop_assert!(!(found.contains(&Flag::Easy) && found.contains(&Flag::Hard)));
        }
    }
}
