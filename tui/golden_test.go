package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// goldens is the folder of the screens as they should be, absolute because tests change their
// working directory.
func goldens(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs(filepath.Join("..", "testdata", "screens"))
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// golden compares the screen in three sizes with testdata/screens/NAME-SIZE.golden. With
// MAILGRANT_UPDATE_GOLDENS=1 it writes them instead.
func (s *stage) golden(folder, name string) {
	s.t.Helper()
	for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 60, Height: 20}, {Width: 120, Height: 40}} {
		s.send(size)
		file := filepath.Join(folder, fmt.Sprintf("%s-%dx%d.golden", name, size.Width, size.Height))
		got := s.text() + "\n"
		if os.Getenv("MAILGRANT_UPDATE_GOLDENS") == "1" {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				s.t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			s.t.Errorf("%v: run the test with MAILGRANT_UPDATE_GOLDENS=1 and read what it writes", err)
			continue
		}
		if got != string(want) {
			s.t.Errorf("%s is not as it was; now it is\n%s\nand was\n%s", filepath.Base(file), got, want)
		}
	}
	s.send(tea.WindowSizeMsg{Width: 80, Height: 24})
}
