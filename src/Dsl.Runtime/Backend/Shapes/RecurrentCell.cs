namespace Dsl.Runtime;

/// <summary>What a recurrent layer does at each step, by PyTorch's formulas; σ is the sigmoid, ∘ the product of elements.</summary>
public enum RecurrentCell
{
    /// <summary>h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh).</summary>
    Tanh,

    /// <summary>Gates i, f, g, o: c' = σ(f)∘c + σ(i)∘tanh(g), h' = σ(o)∘tanh(c').</summary>
    LSTM,

    /// <summary>Gates r, z, n: n' = tanh(W_in·x + b_in + σ(r)∘(W_hn·h + b_hn)), h' = (1 - σ(z))∘n' + σ(z)∘h.</summary>
    GRU,
}
