//! Notices what is saved: compares the folder with what it was a moment ago, and looks at all of it again when something changed.

use crate::preview::state::Eye;
use crate::preview::state::State;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch::Sender;

/// How long a save may go unnoticed.
const PAUSE: Duration = Duration::from_millis(200);

/// Content lies no deeper: a course, a language, a file.
const DEPTH: usize = 4;

/// So many files are compared; a content folder has hundreds.
const MOST: usize = 100_000;

/// What tells whether a file is still the same, by its path.
pub(super) type Prints = BTreeMap<String, [i64; 5]>;

/// The files of a content folder as they are now. No link is followed, nothing is opened.
pub(super) fn prints(root: &Path) -> Prints {
    let mut prints = Prints::new();
    for name in ["organisation.toml", "courses", "policies"] {
        add(root, name, DEPTH, &mut prints);
    }
    prints
}

fn add(root: &Path, name: &str, depth: usize, prints: &mut Prints) {
    let path = root.join(name);
    let Ok(facts) = fs::symlink_metadata(&path) else { return };
    if prints.len() >= MOST {
        return;
    }
    if !facts.is_dir() {
        let size = i64::try_from(facts.size()).unwrap_or(i64::MAX);
        prints.insert(name.to_owned(), [size, facts.mtime(), facts.mtime_nsec(), facts.ctime(), facts.ctime_nsec()]);
        return;
    }
    // A folder counts too: an empty one is a course without texts.
    prints.insert(name.to_owned(), [0; 5]);
    if depth == 0 {
        return;
    }
    for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        // What editors put beside a file while it is open.
        if !file.starts_with('.') {
            add(root, &format!("{name}/{file}"), depth - 1, prints);
        }
    }
}

/// Follows the folder for as long as somebody looks at it. `last` is what the first state was made from.
pub(super) async fn follow(eye: Arc<Eye>, mut last: Prints, states: Sender<Arc<State>>, say: fn(&State, &str)) {
    while !states.is_closed() {
        tokio::time::sleep(PAUSE).await;
        let root = eye.root.clone();
        let Ok(now) = tokio::task::spawn_blocking(move || prints(&root)).await else { continue };
        if now == last {
            continue;
        }
        let changed = changed(&last, &now);
        // Taken before the texts are read: what is saved meanwhile is noticed the next time.
        last = now;
        let (looking, revision) = (Arc::clone(&eye), states.borrow().revision + 1);
        if let Ok(state) = tokio::task::spawn_blocking(move || looking.look(revision)).await {
            say(&state, &changed);
            states.send_replace(Arc::new(state));
        }
    }
}

/// The first file that is not as it was, and how many others.
fn changed(before: &Prints, now: &Prints) -> String {
    let mut files = before.keys().chain(now.keys()).filter(|file| before.get(*file) != now.get(*file)).collect::<Vec<_>>();
    files.sort();
    files.dedup();
    match files[..] {
        [] => String::new(),
        [file] => file.clone(),
        [file, ..] => format!("{file} and {} more", files.len() - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_changes_in_the_folder_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let mut last = prints(root);
        let mut notices = |what: &str, wanted: &str| {
            let now = prints(root);
            assert_eq!(changed(&last, &now), wanted, "{what}");
            last = now;
        };
        fs::create_dir_all(root.join("courses/a/en")).expect("a folder");
        notices("folders", "courses and 2 more");
        fs::write(root.join("courses/a/en/01.md"), "x").expect("a file");
        notices("a file", "courses/a/en/01.md");
        fs::write(root.join("courses/a/en/01.md"), "xy").expect("a file");
        notices("a save", "courses/a/en/01.md");
        std::os::unix::fs::symlink("/dev/zero", root.join("courses/a/en/02.md")).expect("a link");
        notices("a link, which is not followed", "courses/a/en/02.md");
        fs::write(root.join("courses/a/en/.01.md.swp"), "x").expect("a file");
        fs::write(root.join("notes.md"), "x").expect("a file");
        notices("what is no content", "");
        fs::remove_file(root.join("courses/a/en/01.md")).expect("was there");
        notices("a file that vanished", "courses/a/en/01.md");
    }
}
