package main

import (
	"context"
	"io"
	"strings"
	"testing"
)

// quiet is a terminal that nobody reads, with a home of its own.
func quiet(home string) *terminal {
	return &terminal{in: strings.NewReader(""), out: io.Discard, talk: io.Discard, getenv: func(name string) string {
		if name == "MAILGRANT_HOME" {
			return home
		}
		return ""
	}}
}

// BenchmarkVersion is what every start of the program costs besides loading it.
func BenchmarkVersion(b *testing.B) {
	place := quiet(b.TempDir())
	b.ReportAllocs()
	for b.Loop() {
		if code := runUntil(context.Background(), []string{"version"}, place); code != exitOK {
			b.Fatalf("exit code %d", code)
		}
	}
}

// BenchmarkSetupPractice is the whole demonstration road: a tenant, tokens, three mailboxes, one
// message, the texts and the files.
func BenchmarkSetupPractice(b *testing.B) {
	place := quiet(b.TempDir())
	b.ReportAllocs()
	for b.Loop() {
		if code := runUntil(context.Background(), []string{"setup", "--practice", "--route", "ms-mail-cc"}, place); code != exitOK {
			b.Fatalf("exit code %d", code)
		}
	}
}
