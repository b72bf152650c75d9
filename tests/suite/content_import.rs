//! Other people's markdown: what comes in, what is told, and that nothing is lost.
