//! The repository's own files, for the stories about its source.

use std::path::Path;

/// A text file of the repository.
pub struct File {
    /// Its path from the repository's root.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

impl File {
    /// The text without lines that are comments.
    pub fn code(&self) -> String {
        self.text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect()
    }

    /// Every path that starts with `crate::`, whether in a `use` or in the code, without that start.
    pub fn crate_paths(&self) -> Vec<Vec<String>> {
        let code = self.code();
        let path = |at: usize| {
            code[at..].split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_' && letter != ':').next().unwrap_or_default()
        };
        let starts = code.match_indices("crate::").map(|(at, start)| path(at + start.len()));
        starts
            .map(|path| path.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect())
            .filter(|path: &Vec<String>| !path.is_empty())
            .collect()
    }
}

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file, if it is there.
pub fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(root().join(path)).ok()
}

/// All files below a folder with that ending, sorted.
pub fn files(folder: &str, ending: &str) -> Vec<File> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = std::fs::read_dir(root().join(folder)).expect("a folder").flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{folder}/{}", entry.file_name().to_str().expect("UTF-8"));
        if entry.path().is_dir() {
            found.extend(files(&path, ending));
        } else if path.ends_with(&format!(".{ending}")) {
            found.push(File { text: std::fs::read_to_string(entry.path()).expect("a text"), path });
        }
    }
    found
}
