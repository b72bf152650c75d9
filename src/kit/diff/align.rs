//! Which run of words of the new text stands for which of the old one.

use crate::kit::diff::parse::Leaf;
use similar::Algorithm;
use similar::DiffOp;
use similar::capture_diff_slices_deadline;
use std::collections::HashMap;
use std::time::Instant;

/// A place in the old text, in the new one, or in both.
pub(super) type Pair = (Option<usize>, Option<usize>);

/// Stretches of more runs are not searched for counterparts.
const MOST_PAIRS: usize = 10_000;

/// From this share of common words on, one run is a new wording of the other.
const LIKENESS: f64 = 0.4;

/// All runs of both texts, in the order of reading.
pub(super) fn align(old: &[Leaf], new: &[Leaf], deadline: Option<Instant>) -> Vec<Pair> {
    let keys = |leaves: &[Leaf]| leaves.iter().map(Leaf::key).collect::<Vec<_>>();
    let ops = capture_diff_slices_deadline(Algorithm::Patience, &keys(old), &keys(new), deadline);
    let mut pairs = Vec::new();
    for op in ops {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                pairs.extend((0..len).map(|step| (Some(old_index + step), Some(new_index + step))));
            }
            DiffOp::Delete { old_index, old_len, .. } => pairs.extend((old_index..old_index + old_len).map(|place| (Some(place), None))),
            DiffOp::Insert { new_index, new_len, .. } => pairs.extend((new_index..new_index + new_len).map(|place| (None, Some(place)))),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let matched = counterparts(&old[old_index..old_index + old_len], &new[new_index..new_index + new_len]);
                pairs.extend(matched.into_iter().map(|(a, b)| (a.map(|a| a + old_index), b.map(|b| b + new_index))));
            }
        }
    }
    pairs
}

/// Pairs the runs of a stretch that changed, so that as many words as possible are kept.
fn counterparts(old: &[Leaf], new: &[Leaf]) -> Vec<Pair> {
    let (rows, columns) = (old.len(), new.len());
    if rows.saturating_mul(columns) > MOST_PAIRS {
        return (0..rows).map(|row| (Some(row), None)).chain((0..columns).map(|column| (None, Some(column)))).collect();
    }
    let mut likeness = vec![0.0; rows * columns];
    for (row, a) in old.iter().enumerate() {
        for (column, b) in new.iter().enumerate() {
            let like = if a.kind() == b.kind() { common(a, b) } else { 0.0 };
            // A few words may have changed whole. Where there is one for one it is the same one; so is a cell in its place.
            let in_place = row == column && a.kind() == b.kind();
            let lone = in_place && (rows == columns || ["td", "th"].contains(&a.kind()));
            likeness[row * columns + column] = if like >= LIKENESS {
                like
            } else if lone {
                0.01
            } else {
                0.0
            };
        }
    }
    // The best sum of likenesses from each corner on.
    let mut best = vec![0.0; (rows + 1) * (columns + 1)];
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let here = likeness[row * columns + column];
            let taken = if here > 0.0 { here + best[at(row + 1, column + 1)] } else { 0.0 };
            best[at(row, column)] = f64::max(taken, f64::max(best[at(row + 1, column)], best[at(row, column + 1)]));
        }
    }
    let mut pairs = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < rows || column < columns {
        let here = if row < rows && column < columns { likeness[row * columns + column] } else { 0.0 };
        if here > 0.0 && best[at(row, column)] <= here + best[at(row + 1, column + 1)] {
            pairs.push((Some(row), Some(column)));
            (row, column) = (row + 1, column + 1);
        } else if row < rows && (column == columns || best[at(row + 1, column)] >= best[at(row, column + 1)]) {
            pairs.push((Some(row), None));
            row += 1;
        } else {
            pairs.push((None, Some(column)));
            column += 1;
        }
    }
    pairs
}

/// The share of words that two runs have in common.
fn common(a: &Leaf, b: &Leaf) -> f64 {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in &a.words {
        *counts.entry(word.text.trim_end()).or_default() += 1;
    }
    let mut both = 0_u32;
    for word in &b.words {
        if let Some(count) = counts.get_mut(word.text.trim_end()).filter(|count| **count > 0) {
            *count -= 1;
            both += 1;
        }
    }
    let all = u32::try_from(a.words.len() + b.words.len()).unwrap_or(u32::MAX).max(1);
    2.0 * f64::from(both) / f64::from(all)
}
