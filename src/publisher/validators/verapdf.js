// Checks a PDF with veraPDF's library: `verapdf.js FILE FLAVOUR…`; run by Rhino, which the same jar carries.
// Prints a JSON list of the rules that are broken as the last line.
// The calls are those of "Developing with veraPDF", https://docs.verapdf.org/develop/.
function checked(path, names) {
    var verapdf = Packages.org.verapdf;
    var places = 100;  // how many places of one rule are told
    verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
    var foundry = verapdf.pdfa.Foundries.defaultInstance();
    var broken = [];
    names.forEach(function (name) {
        var flavour = verapdf.pdfa.flavours.PDFAFlavour.byFlavourId(name);
        var parser = foundry.createParser(new java.io.File(path), flavour);
        try {
            var result = foundry.createValidator(flavour, places, false, false, false).validate(parser);
            for (var all = result.getTestAssertions().iterator(); all.hasNext();) {
                var assertion = all.next();
                var rule = assertion.getRuleId();
                broken.push({
                    rule: name + " " + rule.getClause() + "-" + rule.getTestNumber(),
                    message: String(assertion.getErrorMessage() || assertion.getMessage()),
                    where: String(assertion.getLocation().getContext())
                });
            }
        } finally {
            parser.close();
        }
    });
    return broken;
}

try {
    print(JSON.stringify(checked(arguments[0], Array.prototype.slice.call(arguments, 1))));
} catch (error) {
    // one line without the stack, as the reason why there is no verdict
    java.lang.System.err.println(String(error.message || error).split("\n")[0]);
    quit(1);
}
