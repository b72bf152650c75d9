//! Drawing a paper from pools, and marking it. Pure: the same seed gives the same paper.

use crate::content::Block;
use crate::content::Document;
use crate::content::Question;
use crate::kit::crypto;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The places of the answers a person chose, by question.
pub(super) type Answers = BTreeMap<String, Vec<usize>>;

/// One question of a paper, with the order its answers are shown in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Item {
    pub question: String,
    pub order: Vec<usize>,
}

/// Draws a paper: from each pool so many questions as it says, those of the last attempt only where there are no others.
pub(super) fn draw(quiz: &Document, seed: &[u8; 32], seen: &BTreeSet<String>) -> Vec<Item> {
    let mut paper = Vec::new();
    for pool in &quiz.pools {
        let mut questions: Vec<&Question> = pool.questions.iter().collect();
        questions.sort_by_key(|question| (seen.contains(&question.id), rank(seed, &question.id)));
        questions.truncate(pool.draw);
        questions.sort_by_key(|question| rank(seed, &question.id));
        paper.extend(questions.into_iter().map(|question| Item { question: question.id.clone(), order: order(question, seed) }));
    }
    paper
}

/// The order in which a question's answers are shown.
pub(super) fn order(question: &Question, seed: &[u8]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..question.choices.len()).collect();
    order.sort_by_key(|place| rank(seed, &format!("{}/{place}", question.id)));
    order
}

fn rank(seed: &[u8], name: &str) -> [u8; 32] {
    crypto::sha256(&[seed, b"|", name.as_bytes()].concat())
}

/// How a paper was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub right: usize,
    /// What was earned, in hundredths of a question.
    pub points: u32,
    pub questions: usize,
    pub missed_critical: usize,
    pub passed: bool,
}

impl Mark {
    /// What was earned, in words, where some answers were right in part.
    pub fn points_in_part(&self) -> Option<String> {
        let whole = u32::try_from(self.right * 100).unwrap_or(u32::MAX);
        (self.points != whole).then(|| format!("{}.{:02}", self.points / 100, self.points % 100))
    }
}

/// Marks a paper: passed when what was earned reaches the pass mark (per cent) and no critical question was missed.
pub(super) fn mark(quiz: &Document, paper: &[Item], answers: &Answers, pass_mark: u32) -> Mark {
    let none = Vec::new();
    let outcomes = paper.iter().filter_map(|item| {
        let question = question(quiz, &item.question)?;
        let chosen = answers.get(&item.question).unwrap_or(&none);
        Some((question.critical, question.is_right(chosen), question.credit(chosen)))
    });
    let outcomes = outcomes.collect::<Vec<_>>();
    let right = outcomes.iter().filter(|(_, right, _)| *right).count();
    let missed_critical = outcomes.iter().filter(|(critical, right, _)| *critical && !right).count();
    let points: u32 = outcomes.iter().map(|(.., credit)| credit).sum();
    let enough = u64::from(points) >= u64::from(pass_mark) * paper.len() as u64;
    Mark { right, points, questions: paper.len(), missed_critical, passed: enough && missed_critical == 0 && !paper.is_empty() }
}

/// The question of that name in a quiz.
pub(super) fn question<'a>(quiz: &'a Document, id: &str) -> Option<&'a Question> {
    quiz.pools.iter().flat_map(|pool| &pool.questions).find(|question| question.id == id)
}

/// What somebody says of a course: to each question a number from 1 to 5, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    useful: Option<i16>,
    clear: Option<i16>,
}

impl Said {
    /// None where an answer is no number from 1 to 5.
    pub(super) fn new(useful: Option<i16>, clear: Option<i16>) -> Option<Self> {
        [useful, clear].into_iter().flatten().all(|answer| (1..=5).contains(&answer)).then_some(Self { useful, clear })
    }

    /// Whether neither question has an answer.
    pub(super) fn is_nothing(&self) -> bool {
        self.answers().next().is_none()
    }

    /// Each question that has one, with its answer.
    pub(super) fn answers(&self) -> impl Iterator<Item = (&'static str, i16)> {
        [("useful", self.useful), ("clear", self.clear)].into_iter().filter_map(|(question, answer)| Some((question, answer?)))
    }
}

/// The names of a lesson's questions without an answer, and of its scenarios that were not brought to an end.
pub(super) fn unanswered(lesson: &Document, answers: &Answers) -> Vec<String> {
    let open = lesson.blocks.iter().filter_map(|block| match block {
        Block::Html(_) => None,
        Block::Question(question) => (!answers.contains_key(&question.id)).then_some(&question.id),
        Block::Scenario(scenario) => {
            let ending = answers.get(&scenario.id).and_then(|path| scenario.walk(path)?.last().copied());
            ending.is_none_or(|step| !step.choices.is_empty()).then_some(&scenario.id)
        }
    });
    open.cloned().collect()
}

/// Reads chosen answers: places that exist, each once; one alone unless several may be right.
pub(super) fn chosen(question: &Question, places: impl Iterator<Item = usize>) -> Vec<usize> {
    let places: BTreeSet<usize> = places.filter(|place| *place < question.choices.len()).collect();
    let most = if question.is_multiple() { question.choices.len() } else { 1 };
    places.into_iter().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Choice;
    use crate::content::Pool;
    use proptest::prelude::*;

    fn question(id: &str, critical: bool) -> Question {
        let choice = |right| Choice { html: String::new(), right, feedback: String::new() };
        Question {
            id: id.into(),
            prompt: String::new(),
            scene: String::new(),
            choices: vec![choice(false), choice(true), choice(false)],
            explanation: String::new(),
            critical,
            partial: false,
            topic: None,
        }
    }

    fn quiz() -> Document {
        let pool = |name: &str, draw, count: usize, critical| Pool {
            id: name.into(),
            title: name.into(),
            draw,
            questions: (0..count).map(|n| question(&format!("{name}{n}"), critical && n == 0)).collect(),
        };
        Document { blocks: vec![], pools: vec![pool("a", 2, 4, false), pool("b", 3, 3, true)], minutes: None }
    }

    fn answer(paper: &[Item], wrong: &[&str]) -> Answers {
        paper.iter().map(|item| (item.question.clone(), vec![usize::from(!wrong.contains(&item.question.as_str()))])).collect()
    }

    #[test]
    fn marks_are_by_the_pass_mark_and_the_critical_questions() {
        let quiz = quiz();
        let paper = draw(&quiz, &[1; 32], &BTreeSet::new());
        let of = |wrong: &[&str], pass_mark| mark(&quiz, &paper, &answer(&paper, wrong), pass_mark);
        assert_eq!(of(&[], 100), Mark { right: 5, points: 500, questions: 5, missed_critical: 0, passed: true });
        assert!(of(&["b1"], 80).passed);
        assert!(!of(&["b1"], 81).passed);
        assert_eq!(of(&["b0"], 80), Mark { right: 4, points: 400, questions: 5, missed_critical: 1, passed: false });
        assert!(!mark(&quiz, &paper, &Answers::new(), 1).passed);
        assert!(!mark(&quiz, &[], &Answers::new(), 1).passed);
    }

    #[test]
    fn a_partial_question_gives_some_of_its_point_and_guessing_everything_gives_none() {
        let right = [true, true, false, false].map(|right| Choice { html: String::new(), right, feedback: String::new() });
        let question = Question { partial: true, choices: right.into(), ..question("a", false) };
        let cases = [(&[0, 1][..], 100), (&[0], 50), (&[0, 2], 0), (&[0, 1, 2], 50), (&[0, 1, 2, 3], 0), (&[2], 0), (&[], 0)];
        for (chosen, credit) in cases {
            assert_eq!(question.credit(chosen), credit, "{chosen:?}");
            assert_eq!(Question { partial: false, ..question.clone() }.credit(chosen), if credit == 100 { 100 } else { 0 }, "{chosen:?}");
        }
    }

    #[test]
    fn answers_of_the_survey_go_from_one_to_five() {
        let answers = |useful, clear| Said::new(useful, clear).map(|said| said.answers().collect::<Vec<_>>());
        assert_eq!(answers(Some(1), Some(5)), Some(vec![("useful", 1), ("clear", 5)]));
        assert_eq!(answers(None, Some(3)), Some(vec![("clear", 3)]));
        assert_eq!((answers(Some(0), None), answers(Some(3), Some(6)), answers(Some(-1), None)), (None, None, None));
        assert!(Said::new(None, None).is_some_and(|said| said.is_nothing()));
    }

    #[test]
    fn all_answers_at_once_are_not_an_answer() {
        assert_eq!(chosen(&question("a", false), [2, 1, 1, 9].into_iter()), [1]);
    }

    proptest! {
        #[test]
        fn a_seed_gives_one_paper_of_the_right_size_without_doubles(seed: [u8; 32]) {
            let quiz = quiz();
            let paper = draw(&quiz, &seed, &BTreeSet::new());
            prop_assert_eq!(&paper, &draw(&quiz, &seed, &BTreeSet::new()));
            prop_assert_eq!(paper.len(), 5);
            prop_assert_eq!(paper.iter().map(|item| &item.question).collect::<BTreeSet<_>>().len(), 5);
            let seen = paper.iter().map(|item| item.question.clone()).collect();
            let again = draw(&quiz, &[seed, [7; 32]].concat()[8..40].try_into().expect("32 bytes"), &seen);
            prop_assert!(again.iter().filter(|item| item.question.starts_with('a')).all(|item| !seen.contains(&item.question)));
        }
    }
}
