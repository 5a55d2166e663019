package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts run this very program as the command mailgrant.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mailgrant": main})
}
