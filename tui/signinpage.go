package tui

import (
	"net/url"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// browserPage is a sign-in that ends at a port of this computer. Where the browser is on another
// computer, the address that it ended at is pasted back here.
type browserPage struct {
	opened steps.PageOpened
	back   *widget.Field // what is pasted back; nil while nobody wants to
	wrong  string        // what is wrong with it
	handed bool          // it was taken, so the sign-in is being finished
}

// pageAnswered says what came of an address that was pasted back.
type pageAnswered struct {
	page *browserPage
	err  error
}

// input takes what belongs to the address that is pasted back; true means that it did.
func (p *browserPage) input(msg tea.Msg) (bool, tea.Cmd) {
	switch msg := msg.(type) {
	case pageAnswered:
		if msg.page != p {
			return false, nil
		}
		p.answered(msg.err)
		return true, nil
	case tea.PasteMsg:
		return true, p.paste(msg.Content)
	case tea.KeyPressMsg:
		if p.back == nil || p.handed {
			return false, nil
		}
		return true, p.press(msg)
	}
	return false, nil
}

// paste takes an address in place of whatever stands in the field, and hands it over at once:
// nobody reads through what is masked.
func (p *browserPage) paste(content string) tea.Cmd {
	if p.handed {
		return nil
	}
	p.ask()
	if len(content) > widget.MaxInput {
		p.wrong = tooLong(len(content))
		return nil
	}
	p.back.Set(strings.TrimSpace(content))
	return p.handOver()
}

// ask opens the field.
func (p *browserPage) ask() {
	field := widget.NewPartlyHidden("", "paste it here", plainUpTo)
	field.Focus()
	p.back, p.wrong = &field, ""
}

func (p *browserPage) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case on(msg, "esc"):
		p.back, p.wrong = nil, ""
		return nil
	case on(msg, "enter"):
		return p.handOver()
	}
	p.wrong = ""
	return p.back.Press(msg)
}

// handOver gives the address to the sign-in that waits for it.
func (p *browserPage) handOver() tea.Cmd {
	text, page := p.back.Value(), p.opened.Page
	if strings.TrimSpace(text) == "" {
		p.wrong = "nothing is pasted yet: copy the whole of the browser's address line"
		return nil
	}
	return func() tea.Msg { return pageAnswered{p, page.Paste(text)} }
}

func (p *browserPage) answered(err error) {
	if err != nil {
		p.wrong = withoutSecrets(providers.Clean(err.Error()))
		return
	}
	p.handed, p.wrong = true, ""
	p.back.Blur()
}

// plainUpTo is how many letters of an address may be read: up to its question mark, where the
// one-time code begins. Of what is no address only the first few.
func plainUpTo(text string) int {
	if at := strings.IndexAny(text, "?#"); at >= 0 && strings.HasPrefix(text, "http") {
		return len([]rune(text[:at+1]))
	}
	if strings.HasPrefix(text, "http://localhost") || strings.HasPrefix(text, "http://127.0.0.1") {
		return len("http://localhost")
	}
	return 4
}

// pressPage takes the keys of a page; true means that it was one of them.
func (s *signIns) pressPage(d desk, msg tea.Msg) (bool, tea.Cmd) {
	switch {
	case on(msg, "c"):
		s.sent = true
		return true, copyOut(s.page.opened.Page.URL, "the address was")
	case on(msg, "o"):
		return true, d.browse(s.page.opened.Page.URL)
	case on(msg, "p") && !s.page.handed:
		s.page.ask()
		return true, nil
	case on(msg, "a") && d.ApprovePage != nil:
		return true, copyOut(d.ApprovePage(s.page.opened.Page, s.page.opened.Account), "the curl line was")
	}
	return false, nil
}

func (s *signIns) pageKeys(d desk) []binding {
	if s.page.back != nil && !s.page.handed {
		return []binding{bind("hand it over", "enter"), bind("no pasting", "esc")}
	}
	handed := ""
	if s.page.handed {
		handed = "the address was taken already"
	}
	keys := []binding{
		bind("copy address", "c"), bind("open browser", "o").unless(d.cannotBrowse()), bind("paste back", "p").unless(handed),
	}
	if d.ApprovePage != nil {
		keys = append(keys, bind("copy curl", "a"))
	}
	return keys
}

// typing reports whether keys go into the field of an address that is pasted back.
func (s *signIns) typing() bool { return s.page != nil && s.page.back != nil && !s.page.handed }

// drawPage shows the address to open, for whom, what happens then and how long there is time.
func (s *signIns) drawPage(d *drawing, a area, k desk) {
	one, _ := s.open()
	d.Text(a.Theme.Plain, 2, "Open this address in a browser and sign in as "+a.Theme.Accent.Render(string(one.account))+", not as yourself:")
	from := len(d.Lines)
	d.Add(widget.Address(a.Theme, s.page.opened.Page.URL, d.Width)...)
	switch {
	case s.page.handed:
		d.Add("  " + a.spin() + " the address was taken, the sign-in is being finished")
	case s.page.back != nil:
		s.page.drawBack(d, a)
	default:
		one.drawWaiting(d, a, "the time for this sign-in has ended")
	}
	d.Hold(from)
	if a.Height >= 20 {
		d.Gap()
	}
	s.drawWhatHappens(d, a, k.Remote)
	one.drawOthers(d, a)
	if k.ApprovePage != nil {
		drawApproval(d, a, k.ApprovePage(s.page.opened.Page, one.account))
	}
}

// drawWhatHappens says where the browser ends up, on this computer and on another one.
func (s *signIns) drawWhatHappens(d *drawing, a area, remote bool) {
	at := withoutQuery(s.page.opened.Page.Redirect)
	elsewhere := "ends at a page that cannot be reached. That is as it should be: copy the address of that page and press p."
	if remote {
		d.Text(a.Theme.Plain, 2, "This program runs on another machine than your screen, so your browser "+elsewhere)
		return
	}
	d.Text(a.Theme.Plain, 2, "The browser ends at "+at+" and this screen goes on. If it knows another account, use a private window.")
	d.Text(a.Theme.Quiet, 2, "A browser on another machine "+elsewhere)
}

// withoutQuery is an address as people recognise it.
func withoutQuery(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return providers.Clean(address)
	}
	u.RawQuery, u.Fragment, u.User = "", "", nil
	return providers.Clean(u.String())
}

// drawBack shows the field for the address that is pasted back, with its error beneath.
func (p *browserPage) drawBack(d *drawing, a area) {
	const label = "Address it ended at  "
	indent, lead := 2+len(label), "  "+label
	if d.Width < 60 {
		d.Add("  " + strings.TrimSpace(label))
		indent, lead = 4, "    "
	}
	text, cursor := p.back.View(a.Theme, d.Width-indent)
	d.Add(lead + text)
	if cursor >= 0 {
		d.Cursor = &point{indent + cursor, len(d.Lines) - 1}
	}
	if p.wrong != "" {
		drawWrong(&d.Page, a, p.wrong, 4)
	}
}
