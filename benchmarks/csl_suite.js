// Runs one fixture of the CSL test suite as the suite's own runner does; see csl_suite.py.
"use strict";

function abbreviationKey(word) {
    return (word || "").toString()
        .replace(/(?:\b|^)(?:and|et|y|und|l[ae]|the|[ld]')(?:\b|$)|[\x21-\x2C.\/\x3A-\x40\x5B-\x60\\\x7B\x7D-\x7E]/ig, "")
        .replace(/\./g, " ").replace(/\s+/g, " ").trim().toLowerCase();
}

function abbreviationsOf(fixture) {
    var found = { "default": new CSL.AbbreviationSegments() }, given = fixture.ABBREVIATIONS || {};
    Object.keys(given).forEach(function (place) {
        found[place] = {};
        Object.keys(given[place]).forEach(function (segment) {
            found[place][segment] = {};
            Object.keys(given[place][segment]).forEach(function (word) {
                var asIs = place === "default" && segment === "place" && word.toUpperCase() === word
                    || segment.indexOf("institution-") === 0;
                found[place][segment][asIs ? word : abbreviationKey(word)] = given[place][segment][word];
            });
        });
    });
    return found;
}

function suiteSystem(fixture, records) {
    var abbreviations = abbreviationsOf(fixture);
    var system = {
        retrieveItem: function (id) { return records()[id]; },
        retrieveLocale: function (language) { return fixture.LOCALES[language] || false; },
        normalizeAbbrevsKey: function (variable, word) {
            return variable === "jurisdiction" || variable === "country" ? (word || "").trim().toUpperCase()
                : abbreviationKey(word);
        },
        getAbbreviation: function (list, target, jurisdiction, category, word) {
            var parts = jurisdiction.split(":"), places = parts.map(function (part, at) {
                return parts.slice(0, at + 1).join(":");
            });
            places = jurisdiction === "default" ? ["default"] : ["default"].concat(places);
            var place = "default";
            for (place of places.reverse()) {
                target[place] = target[place] || new CSL.AbbreviationSegments();
                if (abbreviations[place] && abbreviations[place][category] && abbreviations[place][category][word]) {
                    target[place][category][word] = abbreviations[place][category][word];
                    break;
                }
            }
            return place;
        },
        stringCompare: comparison("en-US")
    };
    Object.keys(fixture.OPTIONS || {}).forEach(function (name) { system[name] = fixture.OPTIONS[name]; });
    if (system.variableWrapper) {
        system.variableWrapper = wrapped;
    }
    return system;
}

function wrapped(params, before, text, after) {
    if (params.context === "citation" && params.variableNames[0] === "title" && params.itemData.URL
            && params.position === "first") {
        text = '<a href="' + params.itemData.URL + '">' + text + "</a>";
    } else if (params.context === "citation" && params.variableNames[0] === "first-reference-note-number"
            && params.position !== "first") {
        text = "<b>" + text + "</b>";
    }
    return before + text + after;
}

function documentOf(style, fixture, reload) {
    var pieces = [];
    function update() {
        fixture.CITATIONS.forEach(function (step) {
            var changed = style.processCitationCluster(step[0], step[1], step[2])[1], order = {};
            pieces = pieces.filter(function (one) { return style.registry.citationreg.citationById[one.id]; });
            step[1].concat(step[2]).forEach(function (one, at) { order[one[0]] = at; });
            pieces.sort(function (a, b) { return order[a.id] > order[b.id] ? 1 : order[a.id] < order[b.id] ? -1 : 0; });
            pieces.forEach(function (one) { one.mark = ".."; });
            changed = changed.filter(function (one) {
                var old = pieces.find(function (piece) { return piece.id === one[2]; });
                if (old) {
                    old.mark = ">>";
                    old.text = one[1];
                }
                return !old;
            });
            changed.forEach(function (one) { pieces.splice(one[0], 0, { mark: ">>", id: one[2], text: one[1] }); });
        });
    }
    update();
    if (fixture.INPUT2) {
        reload(fixture.INPUT2);
        update();
    }
    return pieces.map(function (one, at) { return one.mark + "[" + at + "] " + one.text; }).join("\n");
}

function header(style) {
    var found = style.makeBibliography()[0];
    return Object.keys(found).map(function (name) { return [name, found[name]]; })
        .sort(function (a, b) { return a > b ? 1 : a < b ? -1 : 0; })
        .map(function (pair) { return pair[0] + ": " + pair[1]; }).join("\n").trim();
}

function runFixture(text) {
    var fixture = JSON.parse(text), records = {}, ids = [], modes = fixture.MODE.trim().split("-");
    function reload(input) {
        records = {};
        ids = input.map(function (one) { records[one.id] = one; return one.id; });
    }
    reload(fixture.INPUT);
    var style = new CSL.Engine(suiteSystem(fixture, function () { return records; }), fixture.CSL), cites;
    style.fun.dateparser.addDateParserMonths(["ocak", "Şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos",
        "eylül", "ekim", "kasım", "aralık", "bahar", "yaz", "sonbahar", "kış"]);
    Object.keys(fixture.OPTIONS || {}).forEach(function (name) {
        if (name !== "variableWrapper") {
            style.opt.development_extensions[name] = fixture.OPTIONS[name];
        }
    });
    (fixture.BIBENTRIES || (fixture.CITATIONS ? [] : [ids])).forEach(function (set) {
        style.updateItems(set, modes.indexOf("nosort") > 0);
    });
    cites = fixture["CITATION-ITEMS"] || [style.registry.reflist.map(function (one) { return { id: one.id }; })];
    var result = fixture.CITATIONS && !fixture["CITATION-ITEMS"] ? documentOf(style, fixture, reload)
        : cites.map(function (one) { return style.makeCitationCluster(one); }).join("\n");
    if (modes[0] === "bibliography") {
        if (modes.indexOf("header") > 0) {
            return header(style);
        }
        var list = style.makeBibliography(fixture.BIBSECTION);
        return list[0].bibstart + list[1].join("") + list[0].bibend;
    }
    return result;
}
