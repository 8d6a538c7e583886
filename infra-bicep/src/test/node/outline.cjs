// Reads a JSON object of names and Bicep texts, writes their syntax trees: names, or leaves' texts.
'use strict';
const fs = require('fs');
const path = require('path');
const modules = path.join(process.argv[2], 'node_modules');
const { Parser, Language } = require(path.join(modules, 'web-tree-sitter/web-tree-sitter.cjs'));

function outline(node) {
  return {
    type: node.isError ? 'ERROR' : node.isMissing ? 'MISSING' : node.type,
    line: node.startPosition.row + 1,
    text: node.namedChildCount === 0 || node.isError ? node.text : '',
    children: node.children.filter((child) => child.isNamed || child.isMissing).map(outline),
  };
}

async function main() {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(
    await Language.load(path.join(modules, 'tree-sitter-bicep/tree-sitter-bicep.wasm')));
  const trees = {};
  for (const [name, text] of Object.entries(JSON.parse(fs.readFileSync(0, 'utf8')))) {
    trees[name] = outline(parser.parse(text).rootNode);
  }
  process.stdout.write(JSON.stringify(trees));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
