package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// form asks a list of questions, which may grow with the answers. What is typed is taken into
// its state when a field is left; the fields themselves are only for editing.
type form struct {
	ask    func(steps.State) []steps.Question
	state  steps.State
	fields []field
	at     int
	// secret is the hidden answer that was taken, for those who need it apart from the state.
	secret keychain.Secret
	// hasty sends the form off with the first enter: it was opened to mend one answer.
	hasty bool
}

// field is one question with what is being typed.
type field struct {
	question steps.Question
	input    widget.Field
	wrong    string
}

// newForm shows the answers that state has. The cursor goes to the key, or else to the first
// question that needs an answer.
func newForm(ask func(steps.State) []steps.Question, state steps.State, key steps.Key) form {
	f := form{ask: ask, state: state}
	f.refresh()
	for i, one := range f.fields {
		if key == "" && !one.question.Optional && !state.Has(one.question) {
			key = one.question.Key
		}
		if one.question.Key == key {
			f.at = i
			break
		}
	}
	f.focus(f.at)
	return f
}

// refresh makes the fields anew out of the state's questions and answers.
func (f *form) refresh() {
	before := f.fields
	f.fields = nil
	for _, q := range f.ask(f.state) {
		one := field{question: q, input: widget.NewField(f.state.Value(q), emptyWords(q), q.Kind == steps.Hidden)}
		if i := slices.IndexFunc(before, func(b field) bool { return b.question.Key == q.Key }); i >= 0 && before[i].input.Value() == one.input.Value() {
			one.wrong = before[i].wrong
		}
		f.fields = append(f.fields, one)
	}
	f.at = min(f.at, max(len(f.fields)-1, 0))
}

// emptyWords stand in an empty field. An example there would look like an answer to whoever
// sees no colours.
func emptyWords(q steps.Question) string {
	switch {
	case q.Optional:
		return "(may stay empty)"
	case q.Kind == steps.Choice:
		return "not chosen yet"
	}
	return ""
}

// focus moves the cursor to a field.
func (f *form) focus(at int) {
	if len(f.fields) == 0 {
		return
	}
	f.fields[f.at].input.Blur()
	f.at = (at + len(f.fields)) % len(f.fields)
	if typed(f.fields[f.at].question) {
		f.fields[f.at].input.Focus()
	}
}

// now is the question at the cursor; false when there is none at all.
func (f *form) now() (steps.Question, bool) {
	if len(f.fields) == 0 {
		return steps.Question{}, false
	}
	return f.fields[f.at].question, true
}

// press takes a key; true means that the form is complete and was sent off.
func (f *form) press(msg tea.KeyPressMsg) (bool, tea.Cmd) {
	switch {
	case on(msg, "tab", "down"):
		f.step(1)
	case on(msg, "shift+tab", "up"):
		f.step(-1)
	case on(msg, "ctrl+s"), on(msg, "enter") && (f.hasty || f.at >= len(f.fields)-1):
		before := len(f.fields)
		f.commit()
		if on(msg, "enter") && len(f.fields) > before && !f.hasty {
			f.focus(f.at + 1) // the last answer brought further questions
			return false, nil
		}
		return f.complete(), nil
	case on(msg, "enter"):
		f.step(1)
	case len(f.fields) == 0:
	case f.fields[f.at].question.Kind == steps.Confirm:
		if on(msg, "space", "x") {
			f.toggle()
		}
	case f.fields[f.at].question.Kind == steps.Choice:
		f.choose(msg)
	default:
		f.fields[f.at].wrong = ""
		return false, f.fields[f.at].input.Press(msg)
	}
	return false, nil
}

// step leaves a field for its neighbour. A wrong value is marked, and holds nobody up.
func (f *form) step(by int) {
	f.commit()
	f.focus(f.at + by)
}

func (f *form) toggle() {
	q := f.fields[f.at].question
	value := steps.Yes
	if f.state.Has(q) {
		value = ""
	}
	f.state = f.state.With(q.Key, value)
	f.refresh()
}

// commit takes what stands at the cursor into the state.
func (f *form) commit() {
	if len(f.fields) == 0 || !typed(f.fields[f.at].question) {
		return
	}
	one := &f.fields[f.at]
	q, value := one.question, one.input.Value()
	if q.Kind == steps.Hidden {
		if value != "" {
			f.takeSecret(value)
		}
		return
	}
	if value != f.state.Value(q) {
		f.state = f.state.With(q.Key, value)
	}
	if value == "" || one.wrong == "" {
		one.wrong = checked(q, value)
	}
	key := q.Key
	f.refresh()
	if i := f.find(key); i >= 0 {
		f.at = i
	}
	f.focus(f.at)
}

// paste takes a paste into the field at the cursor; the sentence says what was left out of it.
func (f *form) paste(content string) (notice string) {
	q, ok := f.now()
	switch {
	case !ok || q.Kind == steps.Confirm:
		return ""
	case q.Kind == steps.Choice:
		return "this is chosen with ← and →; the paste was not taken"
	}
	one := &f.fields[f.at]
	one.wrong = ""
	if q.Kind == steps.Hidden {
		text, notice := pastedSecret(content)
		if text != "" {
			f.takeSecret(text)
		}
		return notice
	}
	text, notice := pastedLine(content)
	one.input.Insert(text)
	return notice
}

// snapshot is the state with what is being typed now; nothing typed is lost by going back.
func (f *form) snapshot() steps.State {
	f.commit()
	return f.state
}
