package theme

import "strings"

// ASCII draws a finished screen with the twins of its glyphs, for terminals and fonts without
// Unicode. Every twin is one cell like its glyph, so that nothing moves. What people and
// servers wrote in other letters stays as it is.
func ASCII(screen string) string {
	return strings.NewReplacer(
		"✓", "+", "✗", "x", "–", "-", "·", ".", "○", "o", "●", "*", Pointer, ">", "›", ">", "…", "~", "•", "*",
		"╭", "+", "╮", "+", "╰", "+", "╯", "+", "─", "-", "│", "|", "↑", "^", "↓", "v", "←", "<", "→", ">", "—", "-", "’", "'", "“", "\"", "”", "\"",
		"⠋", "|", "⠙", "/", "⠹", "-", "⠸", "\\", "⠼", "|", "⠴", "/", "⠦", "-", "⠧", "\\", "⠇", "|", "⠏", "/",
	).Replace(screen)
}
