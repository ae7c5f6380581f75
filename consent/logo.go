package consent

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Logo is a picture that the banner draws itself: nothing is loaded for it, so
// that no policy of a page can refuse it and nobody learns of the visit.
type Logo struct {
	// SVG is the picture: shapes with their attributes, no more than 8 KiB.
	SVG string `json:"svg" yaml:"svg"`
	// Text says what the logo says, to those who do not see it. Left out: the logo
	// is decoration.
	Text Text `json:"text,omitempty" yaml:"text,omitempty"`
}

// Shape is an element of a picture.
type Shape struct {
	Name       string
	Attributes map[string]string
	Shapes     []Shape
}

// longestLogo and deepestLogo bound a picture: every visitor loads it.
const (
	longestLogo = 8 << 10
	deepestLogo = 16
)

// Shapes that the banner draws, and what may be said of them: nothing that runs,
// loads, links or refers to something else.
var (
	shapeNames      = strings.Fields("svg g path circle ellipse line polygon polyline rect")
	shapeAttributes = strings.Fields(`viewBox d cx cy r rx ry x y x1 x2 y1 y2 width height points transform
		fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity opacity`)
	// droppedShapes and droppedAttributes say nothing that is seen.
	droppedShapes     = strings.Fields("title desc metadata namedview")
	droppedAttributes = strings.Fields("id class version role focusable aria-hidden")
)

// Drawing reads the picture. The error says what the banner cannot draw.
func (l *Logo) Drawing() (*Shape, error) {
	if len(l.SVG) > longestLogo {
		return nil, errors.New("it has " + strconv.Itoa(len(l.SVG)) + " bytes, which every visitor would load")
	}
	reader := xml.NewDecoder(strings.NewReader(l.SVG))
	for {
		token, err := reader.Token()
		if err != nil {
			return nil, errors.New("there is no <svg> in it")
		}
		if start, ok := token.(xml.StartElement); ok {
			if start.Name.Local != "svg" {
				return nil, errors.New("it does not begin with <svg>")
			}
			return drawing(reader, start)
		}
	}
}

// drawing reads the picture that begins here, up to the end of the text.
func drawing(reader *xml.Decoder, start xml.StartElement) (*Shape, error) {
	made, err := shape(reader, start, 0)
	if err != nil {
		return nil, err
	}
	if len(strings.Fields(made.Attributes["viewBox"])) != 4 {
		return nil, errors.New("its <svg> has no viewBox of four numbers")
	}
	delete(made.Attributes, "width") // the banner's own
	delete(made.Attributes, "height")
	for {
		switch token, err := reader.Token(); {
		case errors.Is(err, io.EOF):
			return made, nil
		case err != nil:
			return nil, errors.New("it is not well-formed XML")
		default:
			if _, ok := token.(xml.StartElement); ok {
				return nil, errors.New("something follows its </svg>")
			}
		}
	}
}

// shape reads one element and what is in it.
func shape(reader *xml.Decoder, start xml.StartElement, depth int) (*Shape, error) {
	if !slices.Contains(shapeNames, start.Name.Local) {
		return nil, errors.New("it holds <" + shorten(start.Name.Local) + ">")
	}
	if depth == deepestLogo {
		return nil, errors.New("its groups are too deep")
	}
	made := &Shape{Name: start.Name.Local, Attributes: map[string]string{}}
	for _, attribute := range start.Attr {
		if err := made.say(attribute); err != nil {
			return nil, err
		}
	}
	for {
		token, err := reader.Token()
		if err != nil {
			return nil, errors.New("it is not well-formed XML")
		}
		switch token := token.(type) {
		case xml.EndElement:
			return made, nil
		case xml.StartElement:
			if slices.Contains(droppedShapes, token.Name.Local) {
				if err := reader.Skip(); err != nil {
					return nil, errors.New("it is not well-formed XML")
				}
				continue
			}
			within, err := shape(reader, token, depth+1)
			if err != nil {
				return nil, err
			}
			made.Shapes = append(made.Shapes, *within)
		}
	}
}

// say adds an attribute. Drawing programs write some as declarations of style,
// which a page's policy may refuse: they become attributes.
func (s *Shape) say(attribute xml.Attr) error {
	name, value := attribute.Name.Local, strings.TrimSpace(attribute.Value)
	switch {
	case name == "xmlns" || attribute.Name.Space != "" || slices.Contains(droppedAttributes, name):
	case name == "style":
		for declaration := range strings.SplitSeq(value, ";") {
			property, value, _ := strings.Cut(declaration, ":")
			if property = strings.TrimSpace(property); property == "" {
				continue
			}
			if err := s.say(xml.Attr{Name: xml.Name{Local: property}, Value: value}); err != nil {
				return err
			}
		}
	case !slices.Contains(shapeAttributes, name):
		return errors.New("<" + s.Name + "> says " + quoted(name))
	case strings.Contains(strings.ToLower(value), "url("):
		return errors.New("<" + s.Name + "> refers to something in " + name)
	default:
		s.Attributes[name] = value
	}
	return nil
}

func (v *review) logo(l *Logo) {
	if l == nil {
		return
	}
	if _, err := l.Drawing(); err != nil {
		v.fault("site.look.logo.svg", "logo", "The logo cannot be drawn: "+err.Error()+".",
			"Save it as plain SVG with a viewBox and of paths and plain colours alone (no style sheets, gradients, text or pictures), at most 8 KiB.")
	}
	if len(l.Text) > 0 {
		v.text("site.look.logo.text", l.Text, maxName)
	}
}
