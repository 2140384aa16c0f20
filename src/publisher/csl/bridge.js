// What stands between the program and citeproc-js: one request with everything in it, one answer with markup.
// No file, no network, no clock: citeproc-js gets its locales and records from the request.
"use strict";

CSL.debug = function () {};

// Letters of the language's alphabet first, accents and capitals only among equals; by CLDR, as in every browser.
function comparison(language) {
    var options = { sensitivity: "base", ignorePunctuation: true, numeric: true };
    return new Intl.Collator([language, "en"], options).compare;
}

// Titles, and names of institutions, sort without the article before them: that of the record's language, else that of
// the volume's.
var NAMES = ["author", "editor", "translator", "container-author", "collection-editor", "director", "recipient"];
var TITLES = ["title", "title-short", "container-title", "collection-title", "publisher"];

function withoutArticle(text, articles) {
    if (typeof text !== "string") {
        return text;
    }
    var marks = /^[\s\[\]("'‘’“”«»„‚¿¡]*/.exec(text)[0].length, words = text.slice(marks), low = words.toLowerCase();
    var found = articles.find(function (article) {
        var whole = /['’]$/.test(article) ? article : article + " ";
        return low.indexOf(whole) === 0 && low.length > whole.length;
    });
    return found === undefined ? text : words.slice(found.length).trim();
}

function sortable(item, sys) {
    var language = String(item.language || sys.language).split("-")[0].toLowerCase();
    var articles = (sys.articles || {})[language] || [], copy = Object.assign({}, item);
    TITLES.forEach(function (name) {
        if (copy[name]) {
            copy[name] = withoutArticle(copy[name], articles);
        }
    });
    NAMES.forEach(function (name) {
        if (Array.isArray(copy[name])) {
            copy[name] = copy[name].map(function (one) {
                return one.literal ? Object.assign({}, one, { literal: withoutArticle(one.literal, articles) }) : one;
            });
        }
    });
    return copy;
}

var sortKeys = CSL.getSortKeys;
CSL.getSortKeys = function (item, kind) {
    return sortKeys.call(this, sortable(item, this.sys), kind);
};

// A macro is looked up by its name; citeproc-js walks through the whole style for each call.
var nodesByName = CSL.XmlJSON.prototype.getNodesByName;
CSL.XmlJSON.prototype.getNodesByName = function (node, name, label, found) {
    if (name !== "macro" || !label || node !== this.dataObj) {
        return nodesByName.call(this, node, name, label, found);
    }
    if (!this.macroNodes) {
        var all = this.macroNodes = new Map();
        nodesByName.call(this, node, name).forEach(function (one) {
            all.set(one.attrs.name, (all.get(one.attrs.name) || []).concat([one]));
        });
    }
    return this.macroNodes.get(label) || [];
};

// Macros of sort keys are built once and called, as all others are: citeproc-js copies each wherever it is called, and
// a style of today has a hundred thousand tokens that way, and takes seconds.
var macroTarget = CSL.getMacroTarget, buildMacro = CSL.buildMacro, building = [];
CSL.getMacroTarget = function (name) {
    if (!this.build.extension) {
        return macroTarget.call(this, name);
    }
    var area = this.build.root + this.build.extension, key = name + "@" + area, call = new CSL.Token("text", CSL.SINGLETON);
    call.execs.push(function (state, Item, item) {
        var tokens = state.macros[key], next = 0;
        while (next < tokens.length) {
            next = CSL.tokenExec.call(state, tokens[next], Item, item);
        }
    });
    (building.length ? building[building.length - 1] : this[area].tokens).push(call);
    if (this.macros[key]) {
        return false;
    }
    this.macros[key] = [];
    return this.macros[key];
};
CSL.buildMacro = function (target, nodes) {
    building.push(target);
    try {
        buildMacro.call(this, target, nodes);
    } finally {
        building.pop();
    }
};
CSL.configureMacro = function (target) {
    this.configureTokenList(target);
};

// The markup that the program reads: HTML without attributes, each cite in an element of its own.
CSL.Output.Formats.volume = Object.assign({}, CSL.Output.Formats.html, {
    bibstart: "",
    bibend: "",
    "@cite/entry": function (state, str) {
        return state.sys.wrapCitationEntry(str, this.item_id === undefined ? this.id : this.item_id);
    },
    "@bibliography/entry": function (state, str) {
        return '<e i="' + this.system_id + '">' + str + "</e>";
    },
    "@display/block": function (state, str) {
        return "<br>" + str + "<br>";
    },
    "@display/indent": function (state, str) {
        return "<br>" + str + "<br>";
    },
    "@display/left-margin": function (state, str) {
        return str + "<br>";
    },
    "@display/right-inline": function (state, str) {
        return str;
    },
    "@font-style/oblique": "<i>%%STRING%%</i>",
    "@font-style/normal": "<roman>%%STRING%%</roman>",
    "@font-variant/small-caps": "<sc>%%STRING%%</sc>",
    "@font-variant/normal": "<nosc>%%STRING%%</nosc>",
    "@font-weight/normal": "<light>%%STRING%%</light>",
    "@text-decoration/none": "%%STRING%%",
    "@text-decoration/underline": "<i>%%STRING%%</i>",
    "@vertical-align/baseline": "<base>%%STRING%%</base>"
});

// Each cite is wrapped while it is built, and affixes of the citation are set around it all the same.
var wrapping = false;
var citeOf = CSL.getCite;
CSL.getCite = function () {
    var extensions = this.opt.development_extensions;
    extensions.apply_citation_wrapper = wrapping && !this.tmp.just_looking;
    try {
        return citeOf.apply(this, arguments);
    } finally {
        extensions.apply_citation_wrapper = false;
    }
};

// The number of the note with the first citation of a reference is printed as that note's mark.
var citeStart = CSL.citeStart;
CSL.citeStart = function (Item, item) {
    var marks = this.sys.marks;
    if (marks && item && typeof item["first-reference-note-number"] === "number" && item["first-reference-note-number"]) {
        item["first-reference-note-number"] = marks[item["first-reference-note-number"]] || "";
    }
    return citeStart.apply(this, arguments);
};

var OPEN = /<c i="([^"]*)">/g;

function plain(text) {
    return text.replace(OPEN, "").split("</c>").join("");
}

// The cites of a wrapped citation found again in the same citation without wrappers, whose letters were joined.
function aligned(wrapped, unwrapped) {
    var result = "", at = 0;
    wrapped.replace(/<c i="([^"]*)">([\s\S]*?)<\/c>/g, function (whole, id, text) {
        var place = text ? unwrapped.indexOf(text, at) : -1;
        while (place > 0 && inWord(unwrapped, place)) {
            place = unwrapped.indexOf(text, place + 1);
        }
        if (place > -1) {
            result += unwrapped.slice(at, place) + '<c i="' + id + '">' + text + "</c>";
            at = place + text.length;
        }
        return "";
    });
    return result + unwrapped.slice(at);
}

function inWord(text, place) {
    return /^[\p{L}\p{N}]{2}$/u.test(text.slice(place - 1, place + 1));
}

function citationText(style, citation) {
    function rendered(wrapped) {
        wrapping = wrapped;
        try {
            return style.process_CitationCluster.call(style, citation.sortedItems, citation);
        } finally {
            wrapping = false;
        }
    }
    var collapse = String(style.citation.opt.collapse || "");
    var wrapped = rendered(true);
    if (citation.sortedItems.length < 2 || collapse.indexOf("year-suffix") !== 0) {
        return wrapped;
    }
    var unwrapped = rendered(false);
    return plain(wrapped) === unwrapped ? wrapped : aligned(wrapped, unwrapped);
}

// Every citation is registered by itself, then all are placed at once: citeproc-js takes the square of their number.
function placed(style, citations) {
    var render = CSL.Engine.prototype.process_CitationCluster, registry = style.registry.citationreg, before = [];
    if (!citations.length) {
        return;
    }
    style.process_CitationCluster = function () { return ""; };
    try {
        citations.forEach(function (citation) {
            style.processCitationCluster(citation, [], [], CSL.ASSUME_ALL_ITEMS_REGISTERED);
        });
        citations.forEach(function (citation) {
            registry.citationById[citation.citationID] = citation;
            before.push([citation.citationID, citation.properties.noteIndex]);
        });
        var last = citations[citations.length - 1];
        before.pop();
        style.processCitationCluster(last, before, [], CSL.ASSUME_ALL_ITEMS_REGISTERED);
    } finally {
        style.process_CitationCluster = render;
    }
}

function processor(request) {
    var records = {};
    request.records.forEach(function (record) {
        record.system_id = record.id;
        records[record.id] = record;
    });
    var sys = {
        retrieveLocale: function (language) {
            return request.locales[language] || request.locales[request.locale];
        },
        retrieveItem: function (id) {
            return records[id];
        },
        wrapCitationEntry: function (text, id) {
            return '<c i="' + id + '">' + text + "</c>";
        },
        stringCompare: comparison(request.locale),
        articles: request.articles,
        language: request.locale,
        marks: request.marks
    };
    var style = new CSL.Engine(sys, request.style, request.locale, true);
    style.setOutputFormat("volume");
    return style;
}

// The records that cannot be formatted, each tried by itself.
function problems(request) {
    var found = [], style = processor(request);
    request.records.forEach(function (record) {
        if (found.length >= 100) {
            return;
        }
        try {
            style.updateItems([record.id]);
            style.makeCitationCluster([{ id: record.id }]);
            if (style.bibliography.tokens.length) {
                style.makeBibliography();
            }
        } catch (error) {
            found.push({ record: record.id, message: String(error) });
            style = processor(request);
        }
    });
    return found;
}

// Names as words, for a style that prints none: `Reed`, `Reed and Stone`, `Reed et al.`
function namesOf(style, record) {
    var people = record.author || record.editor || record.translator || [];
    var names = people.map(function (name) {
        return name.literal || [name["non-dropping-particle"], name.family].filter(Boolean).join(" ");
    });
    var words = names.length > 2 ? names[0] + " " + style.getTerm("et-al")
        : names.length === 2 ? names[0] + " " + style.getTerm("and") + " " + names[1] : names[0] || record.title || "";
    return CSL.Output.Formats.volume.text_escape(words);
}

function rendered(style, citation) {
    if (citation.properties.mode !== "composite") {
        return citationText(style, citation);
    }
    var note = style.opt.xclass === "note", cite = citation.sortedItems[0][1], names = "[NO_PRINTED_FORM]", kept = {};
    if (!note) {
        ["prefix", "suffix", "locator", "label"].forEach(function (name) {
            kept[name] = cite[name];
            delete cite[name];
        });
        citation.properties.mode = "author-only";
        names = plain(citationText(style, citation));
        Object.assign(cite, kept);
        citation.properties.mode = "suppress-author";
    } else {
        citation.properties.mode = "";
        cite["suppress-author"] = true;
    }
    if (names.indexOf("[NO_PRINTED_FORM]") > -1) {
        names = namesOf(style, citation.sortedItems[0][0]);
    }
    return names + " <n>" + citationText(style, citation) + "</n>";
}

// The list of everything that is cited, in the order of the style; what has no entry is printed as it is cited.
function listed(style) {
    var entries = {};
    if (style.bibliography.tokens.length) {
        style.makeBibliography()[1].forEach(function (markup) {
            var found = /<e i="([^"]*)">/.exec(markup);
            if (found) {
                entries[found[1]] = markup.replace(found[0], "").replace("</e>", "");
            }
        });
    }
    return style.registry.reflist.map(function (record) {
        return [record.id, entries[record.id] || cited(style, record.id)];
    });
}

function cited(style, id) {
    var layout = style.citation.opt, text = style.makeCitationCluster([{ id: id }]);
    if (layout.layout_prefix && text.indexOf(layout.layout_prefix) === 0) {
        text = text.slice(layout.layout_prefix.length);
    }
    if (layout.layout_suffix && text.slice(-layout.layout_suffix.length) === layout.layout_suffix) {
        text = text.slice(0, -layout.layout_suffix.length);
    }
    return /[.?!]$/.test(plain(text)) ? text : text + ".";
}

// {style, locale, locales, records, citations, marks} → what `process.Answer` holds, as JSON.
function volume(text) {
    var request = JSON.parse(text), style = processor(request), answer = {
        citations: [], order: [], entries: [], problems: [],
        numbered: style.opt.update_mode === CSL.NUMERIC, note: style.opt.xclass === "note",
        prefix: style.citation.opt.layout_prefix || "", suffix: style.citation.opt.layout_suffix || ""
    };
    try {
        style.updateItems(request.records.map(function (record) { return record.id; }));
        placed(style, request.citations);
        var list = listed(style);
        answer.order = list.map(function (entry) { return entry[0]; });
        answer.entries = list.map(function (entry) { return entry[1]; });
        answer.citations = request.citations.map(function (citation) { return rendered(style, citation); });
    } catch (error) {
        answer.citations = [];
        answer.order = [];
        answer.entries = [];
        answer.problems = problems(JSON.parse(text));
        if (!answer.problems.length) {
            throw error;
        }
    }
    return JSON.stringify(answer);
}
