package dev.beckon.template;
public enum Mode { TEXT, SUBJECT, HTML }
