package steps

import (
	"context"
	"net/url"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// TextProof is a text for the product, and how it was proved that the text asks for what the
// tests used.
type TextProof struct {
	Artefact    string            // catalogue id
	Address     providers.Address // the inbound mailbox it belongs to; empty for the one outbound text
	Title       string
	Place       string // where in the product it goes
	Extension   string // of a file that holds it
	Text        product.Text
	Fields      []product.FilledField // of a list of fields, the same one by one
	OK          bool
	How         string   // "replayed", "compared" or, of what holds no request, "filled"; empty when it was only rendered
	Detail      string   // what was seen
	Differences []string // where the text differs from what was proved, and why that is so
}

// wantedText is a text that a plan's product takes, for the mailbox it belongs to.
type wantedText struct {
	artefact product.Artefact
	mailbox  Mailbox // zero unless there is one text for each inbound mailbox
}

func (p Plan) wantedTexts() []wantedText {
	var all []wantedText
	for _, artefact := range p.Product.ArtefactsFor(p.Route) {
		switch {
		case artefact.Direction == product.Outbound && p.Outbound == nil, artefact.Direction == product.Inbound && len(p.Inbound) == 0:
		case artefact.ForEach == "":
			all = append(all, wantedText{artefact, Mailbox{}})
		default:
			for _, mailbox := range p.Inbound {
				all = append(all, wantedText{artefact, mailbox})
			}
		}
	}
	return all
}

// texts renders every text of a plan.
func texts(plan Plan, credential Credential) ([]TextProof, error) {
	var all []TextProof
	for _, want := range plan.wantedTexts() {
		values := plan.values(want.mailbox)
		text, err := product.Render(&want.artefact, values, credential.Secret)
		if err != nil {
			return nil, err
		}
		fields, err := product.RenderFields(&want.artefact, plan.Outbound != nil, len(plan.Inbound) > 0, values, credential.Secret)
		if err != nil {
			return nil, err
		}
		all = append(all, TextProof{
			Artefact: want.artefact.ID, Address: want.mailbox.Address, Title: want.artefact.Title, Place: want.artefact.Place,
			Extension: want.artefact.Extension, Text: text, Fields: fields,
		})
	}
	return all, nil
}

// proveTexts reads each text back as the product would. A request that needs nobody is sent
// once, exactly as it stands; one that needs a person is compared with what was proved.
func (r *Road) proveTexts(ctx context.Context, plan Plan, credential Credential, emit Emit) ([]TextProof, error) {
	all, err := texts(plan, credential)
	if err != nil {
		return nil, err
	}
	replayed := map[string]error{}
	for i := range all {
		if err := r.proveText(ctx, plan, &all[i], replayed, emit); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (r *Road) proveText(ctx context.Context, plan Plan, text *TextProof, replayed map[string]error, emit Emit) error {
	text.OK = true
	artefact, _ := plan.Product.Artefact(text.Artefact)
	if len(artefact.Requests) == 0 {
		text.How, text.Detail = "filled", "filled in with the values of this set-up"
	}
	for _, request := range artefact.Requests {
		sent, err := sentBy(request, text.Text)
		if err != nil {
			text.refuse("the text does not read back: " + err.Error())
			return nil
		}
		if wrong := contradicts(plan, *text, sent); wrong != "" {
			text.refuse(wrong)
			return nil
		}
		if !request.Replay {
			text.compared(plan, sent)
			continue
		}
		err = r.replay(ctx, plan, sent, replayed, func() { emit(Working{"sending the request of " + text.Title + " as the product will"}) })
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if text.replayed(err); err != nil {
			return nil
		}
	}
	return nil
}

// sentRequest is a request of a text as the product would send it.
type sentRequest struct {
	id      string
	address string
	form    url.Values
}

func sentBy(request product.Request, text product.Text) (sentRequest, error) {
	read, err := product.ParseProperties(text.Reveal())
	if err != nil {
		return sentRequest{}, err
	}
	address, err := request.Address(read)
	if err != nil {
		return sentRequest{}, err
	}
	form, err := request.Form(read)
	return sentRequest{request.ID, address, form}, err
}

func (t *TextProof) refuse(why string) { t.OK, t.Detail = false, why }

func (t *TextProof) replayed(err error) {
	t.How, t.Detail = "replayed", "the text's own request got a token"
	if err != nil {
		t.refuse("the text's own request was refused: " + providers.Clean(err.Error()))
	}
}

func (t *TextProof) compared(plan Plan, sent sentRequest) {
	t.How, t.Detail = "compared", "names the client ID, tenant and permissions that were proved"
	t.Differences = append(t.Differences, differences(plan, *t, sent)...)
}

// replay sends a request once, also when several texts hold the same one, and tells when it does.
func (r *Road) replay(ctx context.Context, plan Plan, sent sentRequest, done map[string]error, tell func()) error {
	key := sent.address + "?" + sent.form.Encode()
	if err, known := done[key]; known {
		return err
	}
	service, err := r.Sign(plan.Route.Provider, plan.Endpoints)
	if err != nil {
		return err
	}
	tell()
	_, err = service.Replay(ctx, sent.address, sent.form)
	done[key] = err
	return err
}
