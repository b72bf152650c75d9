//! From numbers to what the page shows: words and figures in the reader's language.

use crate::content::Choice;
use crate::kit::i18n::Lang;
use crate::reports::quality::chart::Chart;
use crate::reports::quality::chart::letter;
use crate::reports::quality::measured::Found;
use crate::reports::quality::measured::Item;
use crate::reports::quality::measured::Opinion;
use crate::reports::quality::measured::Scene;
use crate::reports::quality::pages::ChoiceLine;
use crate::reports::quality::pages::EndingsView;
use crate::reports::quality::pages::FlagView;
use crate::reports::quality::pages::FoundView;
use crate::reports::quality::pages::OpinionView;
use crate::reports::quality::pages::QuestionLine;
use crate::reports::quality::pages::SceneLine;
use crate::reports::quality::pages::VoicesLine;
use crate::reports::quality::statistics;
use crate::reports::quality::statistics::Flag;
use crate::reports::quality::statistics::Share;

/// A number with its decimal mark, and the minus sign that people write.
fn decimal(lang: Lang, number: f64, digits: usize) -> String {
    let written = format!("{number:.digits$}").replace('-', "−");
    if lang == Lang::Vi { written.replace('.', ",") } else { written }
}

fn per_cent(lang: Lang, share: f64) -> String {
    lang.text_with("quality-per-cent", [("number", decimal(lang, share * 100.0, 1).into())])
}

fn interval(lang: Lang, share: &Share) -> String {
    let [low, high] = [share.low, share.high].map(|end| decimal(lang, end * 100.0, 1));
    lang.text_with("quality-per-cent", [("number", format!("{low} – {high}").into())])
}

/// A question for the page.
pub(super) fn question(lang: Lang, item: &Item) -> QuestionLine {
    QuestionLine {
        id: item.question.id.clone(),
        is_check: item.kind == "check",
        place: item.place.clone(),
        prompt: item.question.prompt.clone(),
        found: item.found.as_ref().map(|found| found_view(lang, item, found)),
    }
}

fn found_view(lang: Lang, item: &Item, found: &Found) -> FoundView {
    let choices = item.question.choices.iter().enumerate().map(|(place, choice)| choice_line(lang, found, place, choice));
    let choices = choices.collect::<Vec<_>>();
    let said = choices.iter().map(|choice| {
        let key = if choice.right { "quality-chart-right" } else { "quality-chart-wrong" };
        lang.text_with(key, [("answer", choice.letter.clone().into()), ("share", choice.share.clone().into())])
    });
    let (share, interval) = (per_cent(lang, found.right.share), interval(lang, &found.right));
    let words =
        [("share", share.clone().into()), ("interval", interval.clone().into()), ("answers", said.collect::<Vec<_>>().join("; ").into())];
    let key: Vec<bool> = item.question.choices.iter().map(|choice| choice.right).collect();
    let dead = found.dead.iter().map(|place| letter(*place)).collect::<Vec<_>>().join(", ");
    FoundView {
        answers: found.counts.answers,
        discrimination: found.discrimination.map(|found| decimal(lang, found, 2)),
        flags: found.flags.iter().map(|flag| FlagView { name: flag.name(), mark: mark(*flag), answers: dead.clone() }).collect(),
        chart: Chart::of_question(format!("chart-{}", item.question.id), lang.text_with("quality-chart", words), found, &key),
        share,
        interval,
        choices,
    }
}

/// The gravest look like what is overdue.
const fn mark(flag: Flag) -> &'static str {
    match flag {
        Flag::Suspect | Flag::Hard => "overdue",
        Flag::Weak => "due-soon",
        Flag::Easy | Flag::Dead => "exempt",
    }
}

fn choice_line(lang: Lang, found: &Found, place: usize, choice: &Choice) -> ChoiceLine {
    let count = found.counts.chosen.get(place).copied().unwrap_or(0);
    ChoiceLine {
        letter: letter(place),
        html: choice.html.clone(),
        right: choice.right,
        count,
        share: per_cent(lang, statistics::part_of(count, found.counts.answers)),
        dead: found.dead.contains(&place),
    }
}

/// A scenario for the page.
pub(super) fn scene(lang: Lang, scene: &Scene) -> SceneLine {
    let endings = |(endings, good, share): &(i64, i64, Share)| EndingsView {
        endings: *endings,
        good: *good,
        share: per_cent(lang, share.share),
        interval: interval(lang, share),
    };
    SceneLine {
        id: scene.scenario.id.clone(),
        place: scene.place.clone(),
        title: scene.scenario.steps.first().map(|step| step.title.clone()).unwrap_or_default(),
        found: scene.found.as_ref().map(endings),
    }
}

/// What people say to one question of the survey, for the page.
pub(super) fn opinion(lang: Lang, opinion: &Opinion) -> OpinionView {
    let voices = opinion.voices();
    let counts = opinion.counts.iter().map(|(answer, count)| VoicesLine {
        answer: *answer,
        count: *count,
        share: per_cent(lang, statistics::part_of(*count, voices)),
    });
    let counts = counts.collect::<Vec<_>>();
    let said = counts.iter().map(|line| {
        let values = [("answer", line.answer.to_string().into()), ("share", line.share.clone().into())];
        lang.text_with("quality-chart-wrong", values)
    });
    let words = said.collect::<Vec<_>>().join("; ");
    OpinionView {
        question: opinion.question,
        voices,
        mean: opinion.mean().map(|mean| decimal(lang, mean, 1)),
        chart: (voices > 0).then(|| Chart::of_opinion(format!("chart-{}", opinion.question), words, opinion)),
        counts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_reader_writes_them() {
        let share = Share { share: 0.5, low: 0.3315, high: 0.6685 };
        assert_eq!((per_cent(Lang::En, 0.8333), interval(Lang::En, &share)), ("83.3 %".into(), "33.1 – 66.8 %".into()));
        assert_eq!((per_cent(Lang::Vi, 0.8333), decimal(Lang::Vi, -0.125, 2)), ("83,3%".into(), "−0,12".into()));
    }
}
