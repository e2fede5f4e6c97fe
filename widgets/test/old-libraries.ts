/**
 * A page's own script, as old shops have it: what Prototype.js 1.7 and MooTools leave of the built-ins,
 * and what polyfills, module loaders and scripts that watch a page put over them.
 */
export const OLD_LIBRARIES = `(function () {
  var nothing = function () {};
  var names = function (text) {
    return text.split(' ').reduce(function (all, name) { all[name] = nothing; return all; }, {});
  };
  var toArray = function () { return Array.prototype.slice.call(this); };
  Object.assign(Array.prototype, names('each first last size inspect clone clear uniq without invoke pluck grep zip sortBy'), {
    entries: toArray,
    toArray: toArray,
    // Arrays as text: JSON.stringify then makes a text in quotes of one.
    toJSON: function () {
      return '[' + this.map(function (item) { return JSON.stringify(item); }).join(', ') + ']';
    },
  });
  Object.assign(Object.prototype, { extra: 'extra', extend: nothing });
  Object.assign(String.prototype, names('strip gsub sub scan times camelize interpolate'));
  Object.assign(Number.prototype, names('succ times toPaddedString'));
  Object.assign(Function.prototype, names('curry delay defer wrap methodize'));
  Object.assign(HTMLElement.prototype, names('show update up down visible identify'));
  // Knows no iterators and no second argument.
  Array.from = function (list) { return toArray.call(list); };
  var bind = Function.prototype.bind;
  Function.prototype.bind = function () { return bind.apply(this, arguments); };
  var BuiltIn = window.Element;
  window.Element = function (tag) { return document.createElement(tag); };
  window.Element.prototype = BuiltIn.prototype;
  window.$ = function (id) { return document.getElementById(id); };
  // A promise of the first hour: no finally, no allSettled, no try.
  var Later = window.Promise;
  var Old = window.Promise = function (work) { this.real = new Later(work); };
  Old.prototype.then = function (done, failed) {
    var real = this.real.then(done, failed);
    return new Old(function (resolve) { resolve(real); });
  };
  Old.prototype.catch = function (failed) { return this.then(undefined, failed); };
  ['resolve', 'reject', 'all', 'race'].forEach(function (name) {
    Old[name] = function (value) {
      return new Old(function (resolve) { resolve(Later[name](value)); });
    };
  });
  var get = window.fetch;
  window.fetch = function (url, options) {
    return get.call(window, url, options).then(function (answer) { return answer.clone(); });
  };
  var json = window.JSON;
  window.JSON = {
    parse: function () { return json.parse.apply(json, arguments); },
    stringify: function () { return json.stringify.apply(json, arguments); },
  };
  var define = customElements.define;
  customElements.define = function () { return define.apply(this, arguments); };
  // Module loaders, of which a classic script must not take itself for a module.
  window.define = Object.assign(function () {}, { amd: {} });
  window.exports = {};
  window.module = { exports: window.exports };
  window.process = {};
  window.global = undefined;
})()`;
