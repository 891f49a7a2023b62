// The second opinion on a pack's expressions: Enketo's evaluator, as other XLSForm clients run it, over a plain DOM.
//
// node evaluate.js < claims.json > answers.json
//   in:  { "modules": folder of node_modules, "claims": [ { "today": ISO date,
//            "values":  { id: text }             outside repeats; irrelevant and missing ones are ""
//            "groups":  { group: [ { id: text } ] },
//            "tasks":   [ { "xpath": with ${name}, "as": boolean|string, "group": name or "", "instance": number,
//                           "self": text of "." } ] } ] }
//   out: [ [ true | false | text ] ]             one list a claim, in the order of its tasks
'use strict';

const fs = require('fs');
const path = require('path');

const input = JSON.parse(fs.readFileSync(0, 'utf8'));
const load = name => require(path.join(input.modules, name));
const xpath = load('xpath');
const { DOMImplementation, Node } = load('@xmldom/xmldom');

global.Node = Node;
global.XPathResult = xpath.XPathResult;
global.XPathEvaluator = class {
  evaluate(...args) { return xpath.evaluate(...args); }
  createExpression(...args) { return xpath.createExpression(...args); }
};
const evaluator = load('openrosa-xpath-evaluator')();

function append(parent, name, text) {
  const node = parent.ownerDocument.createElement(name);
  if (text !== undefined) node.appendChild(parent.ownerDocument.createTextNode(text));
  return parent.appendChild(node);
}

// <claim><id/>… <in_group_1><id/>…</in_group_1> <group><id/>…</group> <self/></claim>: an instance sees its own answers
// whole, the others see those of all instances that are given.
function documentOf(claim) {
  const dom = new DOMImplementation().createDocument(null, 'claim', null);
  const root = dom.documentElement;
  for (const [id, text] of Object.entries(claim.values)) append(root, id, text);
  for (const [group, instances] of Object.entries(claim.groups)) {
    instances.forEach((answers, number) => {
      const own = append(root, `in_${group}_${number}`);
      const shared = append(root, group);
      for (const [id, text] of Object.entries(answers)) {
        append(own, id, text);
        if (text !== '') append(shared, id, text);
      }
    });
  }
  return dom;
}

function evaluate(claim, dom, task) {
  const pathOf = (_, id) => {
    if (Object.hasOwn(claim.values, id)) return `/claim/${id}`;
    if (task.group && Object.hasOwn(claim.groups[task.group][task.instance], id)) {
      return `/claim/in_${task.group}_${task.instance}/${id}`;
    }
    return `/claim/${Object.keys(claim.groups).find(group => claim.groups[group].some(x => Object.hasOwn(x, id)))}/${id}`;
  };
  const expression = task.xpath.replace(/\$\{([^}]+)\}/g, pathOf).replaceAll('today()', `date('${claim.today}')`);
  const self = append(dom.documentElement, 'self', task.self);
  try {
    const wanted = task.as === 'boolean' ? XPathResult.BOOLEAN_TYPE : XPathResult.STRING_TYPE;
    const result = evaluator.evaluate(expression, self, null, wanted, null);
    return task.as === 'boolean' ? result.booleanValue : result.stringValue;
  } finally {
    dom.documentElement.removeChild(self);
  }
}

process.stdout.write(JSON.stringify(input.claims.map(claim => {
  const dom = documentOf(claim);
  return claim.tasks.map(task => evaluate(claim, dom, task));
})));
