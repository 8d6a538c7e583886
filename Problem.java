package dev.beckon.template;
public record Problem(int line, int column, String message) {}
