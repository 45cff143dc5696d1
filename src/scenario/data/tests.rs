//! Tests come with the stage that follows.
