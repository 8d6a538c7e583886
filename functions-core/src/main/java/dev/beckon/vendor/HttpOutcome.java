package dev.beckon.vendor;

/** What became of one HTTP request: an answer, or a failure already judged. */
public sealed interface HttpOutcome permits HttpReply, HttpFailure {}
