using System;

namespace Dsl;

/// <summary>Marks a partial class as a reusable part of a network: one <c>Input</c>, layers, no loss and no optimizer. <c>Use</c> puts it to work.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;
