package tui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// binding is a key with what it does, and why it cannot do it now.
type binding struct {
	key.Binding
	why string
}

// bind makes a key that works. The first of keys is the one shown, unless shown says otherwise.
func bind(does string, keys ...string) binding {
	return binding{Binding: key.NewBinding(key.WithKeys(keys...), key.WithHelp(keys[0], does))}
}

// shown changes how the key is written.
func (b binding) shown(as string) binding {
	b.SetHelp(as, b.Help().Desc)
	return b
}

// unless switches the key off when there is a reason, which is told when it is pressed.
func (b binding) unless(why string) binding {
	if why != "" {
		b.why = why
		b.SetEnabled(false)
	}
	return b
}

// pressed reports whether the message is this key, switched on or off.
func (b binding) pressed(msg tea.Msg) bool {
	press, ok := msg.(tea.KeyPressMsg)
	return ok && slices.Contains(b.Keys(), press.String())
}

// on reports whether the message is the named key.
func on(msg tea.Msg, names ...string) bool {
	press, ok := msg.(tea.KeyPressMsg)
	return ok && slices.Contains(names, press.String())
}

// refusal is why the key pressed does nothing now; empty when it may.
func refusal(keys []binding, msg tea.KeyPressMsg) string {
	for _, b := range keys {
		if b.pressed(msg) {
			if b.Enabled() {
				return ""
			}
			return b.why
		}
	}
	return ""
}

func plainKeys(keys []binding) []key.Binding {
	plain := make([]key.Binding, len(keys))
	for i, b := range keys {
		plain[i] = b.Binding
	}
	return plain
}
