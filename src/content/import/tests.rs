//! Whole texts, and the promise that no word is lost.
