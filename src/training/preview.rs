//! A course as learners would see it, before it is published: the same pages and the same rules, with answers that are kept in memory
//! and nowhere else. For `avow content preview`.

use crate::content::Settings;
use crate::content::Text;
use crate::kit::crypto;
use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::training::model;
use crate::training::model::Answers;
use crate::training::model::Item;
use crate::training::pages::CoursePage;
use crate::training::pages::LessonLine;
use crate::training::pages::LessonPage;
use crate::training::pages::QuestionView;
use crate::training::quiz_pages::AttemptPage;
use crate::training::quiz_pages::MissingLine;
use crate::training::quiz_pages::ResultPage;
use crate::training::quiz_routes::answers;
use crate::training::routes::block_view;
use crate::training::routes::question_view;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The pass mark where the course names none that can be read.
const PASS_MARK: u32 = 80;

/// The order of a check's answers is drawn from this.
const SEED: &[u8] = b"preview";

/// How far somebody went in a course.
#[derive(Debug, Default)]
pub struct Progress {
    started: bool,
    finished: BTreeSet<String>,
    checks: BTreeMap<String, Answers>,
    papers: BTreeMap<i32, Paper>,
}

/// A paper of the quiz, as far as it was answered.
#[derive(Debug, Default)]
struct Paper {
    answers: Answers,
    handed_in: bool,
}

impl Progress {
    /// Begins the course.
    pub fn start(&mut self) {
        self.started = true;
    }

    /// Keeps the answer to a check, or the choices in a scenario. `false` when nothing that can be chosen was.
    pub fn answer(&mut self, lesson: &Text, question: &str, places: impl Iterator<Item = usize>) -> bool {
        let choices = match lesson.document.scenarios().find(|one| one.id == question) {
            Some(scenario) => Some(places.take(200).collect::<Vec<_>>()).filter(|path| scenario.walk(path).is_some()),
            None => lesson.document.questions().find(|one| one.id == question).map(|found| model::chosen(found, places)),
        };
        let Some(choices) = choices.filter(|choices| !choices.is_empty()) else { return false };
        self.checks.entry(lesson.part.clone()).or_default().insert(question.to_owned(), choices);
        true
    }

    /// Finishes a lesson, if all its checks are answered: `false` otherwise.
    pub fn finish(&mut self, lesson: &Text) -> bool {
        let all = model::unanswered(&lesson.document, self.answered(&lesson.part)).is_empty();
        if all {
            self.finished.insert(lesson.part.clone());
        }
        all
    }

    /// The number of the paper to go on with: the one that is not handed in, or the next.
    pub fn open_paper(&self) -> i32 {
        match self.papers.last_key_value() {
            Some((number, paper)) if paper.handed_in => number.saturating_add(1),
            Some((number, _)) => *number,
            None => 1,
        }
    }

    /// Whether that paper was handed in.
    pub fn is_handed_in(&self, number: i32) -> bool {
        self.papers.get(&number).is_some_and(|paper| paper.handed_in)
    }

    /// Keeps what a form says about a paper. To hand it in, every question needs an answer: otherwise those without are returned.
    pub fn submit(&mut self, quiz: &Text, number: i32, pairs: &[(String, String)], hand_in: bool) -> Vec<String> {
        let drawn = draw(quiz, number);
        let given = answers(&drawn, &quiz.document, pairs);
        let is_missing = |item: &&Item| !given.contains_key(&item.question);
        let missing: Vec<String> = drawn.iter().filter(is_missing).map(|item| item.question.clone()).collect();
        let paper = self.papers.entry(number).or_default();
        if paper.handed_in {
            return Vec::new();
        }
        paper.answers = given;
        paper.handed_in = hand_in && missing.is_empty();
        if hand_in { missing } else { Vec::new() }
    }

    fn answered(&self, part: &str) -> &Answers {
        static NOTHING: Answers = Answers::new();
        self.checks.get(part).unwrap_or(&NOTHING)
    }
}

/// The paper of that number: the number is its seed, so that it can be had again, in every language.
fn draw(quiz: &Text, number: i32) -> Vec<Item> {
    model::draw(&quiz.document, &crypto::sha256(format!("paper {number}").as_bytes()), &BTreeSet::new())
}

/// A course with how far somebody went in it.
pub struct Rehearsal<'a> {
    /// Its name in addresses.
    pub slug: &'a str,
    /// Its settings, where they can be read.
    pub settings: Option<&'a Settings>,
    /// Its texts in the language to show, in order.
    pub texts: Vec<&'a Text>,
    /// How far somebody went.
    pub progress: &'a Progress,
}

impl Rehearsal<'_> {
    fn lines(&self) -> Vec<LessonLine> {
        let lessons = self.texts.iter().filter(|text| !["course", "quiz"].contains(&text.part.as_str()));
        let line = |text: &&Text| LessonLine {
            part: text.part.clone(),
            title: text.title.clone(),
            summary: text.summary.clone(),
            minutes: text.document.minutes.unwrap_or(1),
            done: self.progress.finished.contains(&text.part),
            current: false,
        };
        let mut lines = lessons.map(line).collect::<Vec<_>>();
        if let Some(next) = lines.iter_mut().find(|line| !line.done) {
            next.current = self.progress.started;
        }
        lines
    }

    fn part(&self, part: &str) -> Option<&Text> {
        self.texts.iter().find(|text| text.part == part).copied()
    }

    fn title(&self) -> String {
        self.part("course").map_or_else(|| self.slug.to_owned(), |text| text.title.clone())
    }

    fn pass_mark(&self) -> u32 {
        self.settings.map(|settings| settings.pass_mark).filter(|mark| *mark > 0).unwrap_or(PASS_MARK)
    }

    /// The course's page, if it has an introduction.
    pub fn course(&self, lang: Lang, due: NaiveDate) -> Option<impl Page + use<>> {
        let introduction = self.part("course")?;
        let lessons = self.lines();
        let left: u32 = lessons.iter().filter(|lesson| !lesson.done).map(|lesson| lesson.minutes).sum();
        let questions = self.part("quiz").map_or(0, |quiz| quiz.document.pools.iter().map(|pool| pool.draw).sum::<usize>());
        Some(CoursePage {
            assignment: self.slug.to_owned(),
            course_title: introduction.title.clone(),
            summary: introduction.summary.clone(),
            introduction: introduction.document.html(),
            language: introduction.language.clone(),
            started: self.progress.started,
            done: lessons.iter().filter(|lesson| lesson.done).count(),
            total: lessons.len(),
            minutes_left: left.saturating_add(u32::try_from(questions.div_ceil(2)).unwrap_or(0)),
            next: lessons.iter().find(|lesson| !lesson.done).map(|lesson| lesson.part.clone()),
            has_quiz: self.part("quiz").is_some(),
            quiz_open: self.progress.started && lessons.iter().all(|lesson| lesson.done),
            lessons,
            questions,
            pass_mark: self.pass_mark(),
            due: lang.long_date(due),
            certificate: None,
            survey: None,
            // The page around this one says so.
            foreign: None,
            changes: self.settings.and_then(|settings| settings.changes_in(&introduction.language)).unwrap_or_default().to_owned(),
        })
    }

    /// Where to go on: the first lesson that is not finished.
    pub fn next_lesson(&self) -> Option<String> {
        self.lines().into_iter().find(|line| !line.done).map(|line| line.part)
    }

    /// The page of a lesson. `missing` says of which checks the answer is missed; with `all` it is every one that has none.
    pub fn lesson(&self, lesson: &Text, missing: Option<&str>, all: bool) -> impl Page + use<> {
        let answers = self.progress.answered(&lesson.part);
        let lines = self.lines();
        let place = lines.iter().position(|line| line.part == lesson.part).unwrap_or(0);
        let unanswered = model::unanswered(&lesson.document, answers);
        let all_answered = unanswered.is_empty();
        let missing = if all { unanswered } else { missing.map(str::to_owned).into_iter().collect() };
        LessonPage {
            assignment: self.slug.to_owned(),
            part: lesson.part.clone(),
            course_title: self.title(),
            lesson_title: lesson.title.clone(),
            language: lesson.language.clone(),
            number: place + 1,
            total: lines.len(),
            minutes: lesson.document.minutes.unwrap_or(1),
            blocks: lesson.document.blocks.iter().map(|block| block_view(block, SEED, answers, &missing)).collect(),
            previous: place.checked_sub(1).and_then(|place| lines.get(place).cloned()),
            next: lines.get(place + 1).cloned(),
            all_answered,
            missing,
            foreign: None,
        }
    }

    /// The page of a paper that is not handed in.
    pub fn attempt(&self, quiz: &Text, number: i32, missing: &[String]) -> impl Page + use<> {
        let paper = self.progress.papers.get(&number);
        let questions = draw(quiz, number).into_iter().filter_map(|item| {
            let question = model::question(&quiz.document, &item.question)?;
            let view = question_view(question, &item.order, paper.and_then(|paper| paper.answers.get(&item.question)), false);
            Some(QuestionView { missing: missing.contains(&item.question), ..view })
        });
        let questions = questions.collect::<Vec<_>>();
        let missing = questions.iter().enumerate().filter(|(_, question)| question.missing);
        let missing = missing.map(|(place, question)| MissingLine { id: question.id.clone(), number: place + 1 }).collect();
        AttemptPage {
            assignment: self.slug.to_owned(),
            number,
            course_title: self.title(),
            quiz_title: quiz.title.clone(),
            language: quiz.language.clone(),
            questions,
            pass_mark: self.pass_mark(),
            missing,
            saved: paper.is_some(),
        }
    }

    /// The page of a paper that was handed in, marked by the questions as they are now.
    pub fn result(&self, quiz: &Text, number: i32) -> impl Page + use<> {
        let drawn = draw(quiz, number);
        let given = self.progress.papers.get(&number).map(|paper| paper.answers.clone()).unwrap_or_default();
        let mark = model::mark(&quiz.document, &drawn, &given, self.pass_mark());
        let views = drawn.iter().filter_map(|item| {
            let question = model::question(&quiz.document, &item.question)?;
            // A question that came into the paper after it was handed in has no answer: it is shown as wrong.
            let answer = given.get(&item.question).cloned().unwrap_or_default();
            Some(question_view(question, &item.order, Some(&answer), true))
        });
        let wrong = views.filter(|view| !view.right).collect::<Vec<_>>();
        ResultPage {
            assignment: self.slug.to_owned(),
            number,
            course_title: self.title(),
            language: quiz.language.clone(),
            passed: mark.passed,
            right: i32::try_from(mark.right).unwrap_or(i32::MAX),
            points: mark.points_in_part(),
            total: drawn.len(),
            needed: (self.pass_mark() as usize * drawn.len()).div_ceil(100),
            missed_critical: mark.missed_critical > 0,
            wrong,
            certificate: None,
            survey: None,
        }
    }
}
