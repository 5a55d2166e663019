package tui

import (
	"testing"

	"github.com/mailgrant/mailgrant/steps"
)

// BenchmarkView draws each screen whole, as every beat of a waiting program does.
func BenchmarkView(b *testing.B) {
	for _, c := range []struct {
		name string
		show func(t testing.TB, w *world) *stage
	}{
		{"route", func(t testing.TB, w *world) *stage {
			return setup(t, w, steps.State{Answers: steps.Answers{Product: "agiloft"}})
		}},
		{"registration", func(t testing.TB, w *world) *stage {
			s := setup(t, w, steps.State{Answers: answers("ms-mail-cc")})
			s.settle()
			return s
		}},
		{"permissions", toPermissions},
		{"exchange", func(t testing.TB, w *world) *stage {
			s := toPermissions(t, w)
			s.keys("enter")
			return s
		}},
		{"sign-in", func(t testing.TB, w *world) *stage {
			w.authority.approve = make(chan struct{})
			s := toSignIn(t, w)
			s.see("F 7 K")
			return s
		}},
		{"tests", toTests},
		{"verified", toVerified},
		{"home", func(t testing.TB, w *world) *stage {
			saved(t, w)
			return home(t, w)
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.Chdir(b.TempDir())
			s := c.show(b, newWorld(b))
			b.ReportAllocs()
			for b.Loop() {
				_ = s.root.View()
			}
		})
	}
}
